//! Puts the beginning and the end of a program's associations on record.

use std::net::SocketAddr;

use net::Listed;
use recording::{AssociationEnd, AssociationName, Event};

use super::known::{Found, Known};
use super::watch::Watch;
use crate::endpoint::{owner_in, transport};
use crate::names::EndpointPort;

impl Watch {
    /// Takes note of an association that the program has begun.
    pub(super) fn begun(&self, listed: &Listed) -> AssociationName {
        let (own, peer, owner) = self.ends(&listed.local, &listed.peers);
        let (name, _) = self.names.begin(&own, &peer);
        let end = self.end(&name, listed.id, &listed.local, &listed.peers, owner);
        self.journal.note(Event::AssociationBegun(end));
        name
    }

    /// Takes note of a new association that is up.
    pub(super) fn up(&self, found: &Found) -> Known {
        let (own, peer, owner) = self.ends(&found.local, &found.peers);
        let is_called = *self.port.borrow() == Some(own.port);
        let name = match is_called {
            true => self.names.come_up_by_peer(&own, &peer),
            false => self.names.come_up(&own, &peer),
        };
        let id = found.status.assoc_id.get();
        let end = self.end(&name, id, &found.local, &found.peers, owner);
        self.journal.note(Event::AssociationUp(end));
        Known::new(name, found)
    }

    /// Both ends of an association, and the endpoint at the other end if the lab has one
    /// there.
    fn ends(
        &self,
        local: &[SocketAddr],
        peers: &[SocketAddr],
    ) -> (EndpointPort, EndpointPort, Option<String>) {
        let port = |all: &[SocketAddr]| all.first().map_or(0, SocketAddr::port);
        let book = self.book.borrow();
        let owner = peers.iter().find_map(|it| owner_in(&book, *it));
        let own = EndpointPort {
            endpoint: self.endpoint.to_string(),
            port: port(local),
        };
        let first = peers.first().map(|it| it.ip().to_canonical());
        let peer = EndpointPort {
            endpoint: match (&owner, first) {
                (Some(owner), _) => owner.to_string(),
                (None, first) => first.map_or_else(String::new, |it| it.to_string()),
            },
            port: port(peers),
        };
        (own, peer, owner.map(|it| it.to_string()))
    }

    fn end(
        &self,
        name: &AssociationName,
        id: u32,
        local: &[SocketAddr],
        peers: &[SocketAddr],
        owner: Option<String>,
    ) -> AssociationEnd {
        let port = |all: &[SocketAddr]| all.first().map_or(0, SocketAddr::port);
        AssociationEnd {
            endpoint: self.endpoint.to_string(),
            association: name.clone(),
            peer: owner,
            id: (id != 0).then_some(id),
            local: transport(port(local), local),
            remote: transport(port(peers), peers),
            chosen: None,
            offered: Vec::new(),
            found: true,
        }
    }

    /// Takes note that an association is over, or that its set-up has ended without success.
    pub(super) fn over(&self, name: &AssociationName, t1_expiries: Option<u64>) {
        if self.names.end(name, self.endpoint.as_str()) {
            self.journal.note(Event::AssociationEnded {
                endpoint: self.endpoint.to_string(),
                association: name.clone(),
                t1_expiries,
            });
        }
    }
}
