//! The associations of a stack, by the transport address of the peer.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use recording::{AssociationEnd, AssociationName, Event, Fields, MessageId, TransportAddresses};
use scenario::EndpointName;

use super::Stack;
use super::line::Received;
use crate::names::EndpointPort;

/// The associations of a stack, with those that are over.
#[derive(Default)]
pub(super) struct Associations(BTreeMap<SocketAddr, Known>);

struct Known {
    name: AssociationName,
    state: State,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Begun,
    Up,
    Over,
}

impl Stack {
    /// The peers whose association is not over.
    pub(super) fn peers(&self) -> Vec<SocketAddr> {
        let associations = self.associations.borrow();
        let there = associations
            .0
            .iter()
            .filter(|(_, it)| it.state != State::Over);
        there.map(|(peer, _)| *peer).collect()
    }

    pub(super) fn association_with(&self, peer: SocketAddr) -> Option<AssociationName> {
        let associations = self.associations.borrow();
        associations.0.get(&peer).map(|it| it.name.clone())
    }

    /// Takes note of an association that the stack is about to begin.
    pub(super) fn begun(&self, peer: SocketAddr, to: Option<&EndpointName>) {
        let place = self.place_of(peer, to);
        let (name, is_new) = self.names.begin(&self.place(), &place);
        if is_new {
            let end = self.end_of(&name, peer);
            self.journal.note(Event::AssociationBegun(end));
        }
        self.is_now(peer, name, State::Begun);
    }

    /// Takes note of a notification.
    pub(super) fn notified(&self, peer: SocketAddr, name: String, fields: Fields) {
        if name == "SCTP_ASSOC_CHANGE" {
            match fields.state() {
                Some("SCTP_COMM_UP") => self.came_up(peer),
                Some("SCTP_RESTART") => {
                    self.over(peer);
                    self.came_up(peer);
                }
                _ => {}
            }
        }
        let is_the_end = name == "SCTP_ASSOC_CHANGE"
            && !matches!(fields.state(), Some("SCTP_COMM_UP" | "SCTP_RESTART"));
        if self.subscribed.contains(&name.as_str()) {
            self.journal.note(Event::Notification {
                endpoint: self.name.to_string(),
                association: self.association_with(peer),
                name,
                fields,
            });
        }
        if is_the_end {
            self.over(peer);
        }
    }

    /// Takes note of a received message.
    pub(super) fn received(&self, it: &Received) {
        let message = MessageId::parse(&it.payload);
        self.journal.note(Event::Received {
            endpoint: self.name.to_string(),
            differs_at: message
                .as_ref()
                .and_then(|message| message.first_difference(&it.payload)),
            message,
            association: self.association_with(it.peer),
            from: Some(it.peer.ip()),
            stream: it.stream,
            ssn: it.ssn,
            ppid: it.ppid,
            tsn: it.tsn,
            size: it.payload.len(),
            ancillary: Fields::default(),
        });
    }

    fn came_up(&self, peer: SocketAddr) {
        let place = self.place_of(peer, self.owner(peer).as_ref());
        let name = self.names.come_up(&self.place(), &place);
        let end = self.end_of(&name, peer);
        self.journal.note(Event::AssociationUp(end));
        self.is_now(peer, name, State::Up);
    }

    fn over(&self, peer: SocketAddr) {
        let Some(name) = self.association_with(peer) else {
            return;
        };
        if self.names.end(&name, self.name.as_str()) {
            self.journal.note(Event::AssociationEnded {
                endpoint: self.name.to_string(),
                association: name.clone(),
                t1_expiries: None,
            });
        }
        self.is_now(peer, name, State::Over);
    }

    fn is_now(&self, peer: SocketAddr, name: AssociationName, state: State) {
        let mut associations = self.associations.borrow_mut();
        associations.0.insert(peer, Known { name, state });
    }

    fn place(&self) -> EndpointPort {
        EndpointPort {
            endpoint: self.name.to_string(),
            port: self.local.port(),
        }
    }

    fn place_of(&self, peer: SocketAddr, owner: Option<&EndpointName>) -> EndpointPort {
        EndpointPort {
            endpoint: owner.map_or_else(|| peer.ip().to_string(), ToString::to_string),
            port: peer.port(),
        }
    }

    fn end_of(&self, name: &AssociationName, peer: SocketAddr) -> AssociationEnd {
        let one = |it: SocketAddr| TransportAddresses {
            port: it.port(),
            addresses: vec![it.ip()],
        };
        AssociationEnd {
            endpoint: self.name.to_string(),
            association: name.clone(),
            peer: self.owner(peer).map(|it| it.to_string()),
            id: None,
            local: one(self.local),
            remote: one(peer),
            chosen: None,
            offered: Vec::new(),
            found: false,
        }
    }
}
