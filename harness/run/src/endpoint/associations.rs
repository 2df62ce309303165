//! The associations of an endpoint, with their names.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::rc::{Rc, Weak};

use recording::{AssociationEnd, AssociationName, Event, Time, TransportAddresses};
use scenario::EndpointName;
use socket::option::Status;
use socket::{AssocId, Style};

use super::super::names::EndpointPort;
use super::Endpoint;
use super::send::Way;
use super::shared_socket::{SharedSocket, SocketId};

/// The associations of an endpoint, by the peer endpoint. There are several with one peer
/// where either of the two has several sockets.
#[derive(Default)]
pub(super) struct Associations {
    /// Under `None` are those with strangers: peers with an address that no endpoint has, as
    /// behind a translator.
    by_peer: BTreeMap<Option<EndpointName>, Vec<Association>>,
    /// The last name under each socket and association ID: notifications may come after the
    /// association's end.
    names: BTreeMap<(SocketId, u32), AssociationName>,
    /// The socket and ID of the last association with each peer, even if the association is
    /// over.
    last: BTreeMap<EndpointName, (Weak<SharedSocket>, AssocId)>,
}

/// An association, and the socket that it is on.
#[derive(Clone)]
pub(super) struct Association {
    pub(super) socket: Rc<SharedSocket>,
    pub(super) id: AssocId,
    pub(super) name: AssociationName,
    pub(super) is_up: bool,
    /// The peer's address, where the kernel has no identifier for it yet.
    pub(super) no_id: Option<SocketAddr>,
    /// The own port and the peer's, once they are known.
    pub(super) ports: Rc<Cell<Option<(u16, u16)>>>,
}

impl Association {
    /// An association that is up.
    pub(super) fn up(socket: &Rc<SharedSocket>, id: AssocId, name: AssociationName) -> Self {
        Self {
            socket: Rc::clone(socket),
            id,
            name,
            is_up: true,
            no_id: None,
            ports: Rc::default(),
        }
    }

    /// Whether the kernel means this association by this ID on this socket. A one-to-one
    /// socket has only one association: any ID means that one.
    fn is(&self, socket: &Rc<SharedSocket>, id: AssocId) -> bool {
        Rc::ptr_eq(&self.socket, socket) && (self.id == id || socket.style() == Style::OneToOne)
    }
}

impl Associations {
    fn insert(&mut self, peer: Option<EndpointName>, association: Association) {
        let Association { socket, id, .. } = &association;
        self.retain(|it| !it.is(socket, *id) && it.name != association.name);
        if let Some(peer) = &peer {
            let last = (Rc::downgrade(socket), *id);
            self.last.insert(peer.clone(), last);
        }
        self.by_peer.entry(peer).or_default().push(association);
    }

    pub(super) fn with(&self, peer: &EndpointName) -> Vec<Association> {
        let known = self.by_peer.get(&Some(peer.clone()));
        known.cloned().unwrap_or_default()
    }

    /// The first association with a peer: the only one where neither of the two has several
    /// sockets.
    pub(super) fn first_with(&self, peer: &EndpointName) -> Option<Association> {
        self.by_peer.get(&Some(peer.clone()))?.first().cloned()
    }

    /// The way to send to the peer over the last association with it, even if that is over;
    /// `None` where its socket is gone.
    pub(super) fn last_with(&self, peer: &EndpointName) -> Option<Way> {
        let (socket, id) = self.last.get(peer)?;
        Some(Way::by_id(socket.upgrade()?, *id))
    }

    pub(super) fn all(&self) -> Vec<Association> {
        self.by_peer.values().flatten().cloned().collect()
    }

    /// The associations between wanted ports, own and peer's, and those whose ports are not
    /// known yet. Of many associations a frame concerns one: the others need no look.
    pub(super) fn between(&self, wanted: impl Fn(u16, u16) -> bool) -> Vec<Association> {
        let is_wanted = |it: &&Association| {
            let ports = it.ports.get();
            ports.is_none_or(|(own, peer)| wanted(own, peer))
        };
        let all = self.by_peer.values().flatten();
        all.filter(is_wanted).cloned().collect()
    }

    /// The association that the kernel means by this ID on this socket.
    fn get(&self, socket: &Rc<SharedSocket>, id: AssocId) -> Option<&Association> {
        let mut all = self.by_peer.values().flatten();
        all.find(|it| it.is(socket, id))
    }

    pub(super) fn remove(&mut self, socket: &Rc<SharedSocket>, id: AssocId) {
        self.retain(|it| !it.is(socket, id));
    }

    /// Forgets the associations on a socket.
    pub(super) fn remove_socket(&mut self, socket: &Rc<SharedSocket>) {
        self.retain(|it| !Rc::ptr_eq(&it.socket, socket));
    }

    fn retain(&mut self, keep: impl Fn(&Association) -> bool) {
        for associations in self.by_peer.values_mut() {
            associations.retain(&keep);
        }
    }

    /// The way to answer a message: over the socket and association that the message came
    /// by, even if that association is unknown.
    pub(super) fn back(&self, socket: &Rc<SharedSocket>, id: AssocId) -> Way {
        match self.get(socket, id) {
            Some(association) => Way::over(association),
            None => Way::by_id(Rc::clone(socket), id),
        }
    }

    fn call(&mut self, socket: &SharedSocket, id: AssocId, name: &AssociationName) {
        self.names.insert(key(socket, id), name.clone());
    }

    /// The name of the association that the kernel means by this ID on this socket, even if
    /// the association is over.
    pub(super) fn name(&self, socket: &SharedSocket, id: AssocId) -> Option<AssociationName> {
        self.names.get(&key(socket, id)).cloned()
    }
}

fn key(socket: &SharedSocket, id: AssocId) -> (SocketId, u32) {
    let id = match socket.style() {
        Style::OneToOne => 0,
        Style::OneToMany => id.get(),
    };
    (socket.id(), id)
}

impl Endpoint {
    /// Takes note of an association that this endpoint has begun at the time `at`, by a
    /// call or a message to `remote`.
    pub(super) fn begun(
        &self,
        socket: &Rc<SharedSocket>,
        peer: &EndpointName,
        id: AssocId,
        at: Time,
        remote: &[SocketAddr],
    ) -> AssociationName {
        let place = EndpointPort {
            endpoint: peer.to_string(),
            port: remote.first().map_or(0, SocketAddr::port),
        };
        let (name, is_new) = self.names.begin(&self.place(socket), &place);
        if is_new {
            let end = self.end_of(socket, id, &name, Some(peer), remote);
            self.journal.note_at(at, Event::AssociationBegun(end));
        }
        let no_id = match (socket.style(), id) {
            (Style::OneToMany, AssocId::FUTURE) => remote.first().copied(),
            _ => None,
        };
        let association = Association {
            socket: Rc::clone(socket),
            id,
            name: name.clone(),
            is_up: false,
            no_id,
            ports: Rc::default(),
        };
        self.associate(Some(peer), association);
        name
    }

    /// Takes note of an association that is up. A restart replaces the association that was
    /// there by a new one (RFC 9260, section 5.2.4.1).
    pub(super) fn came_up(
        &self,
        socket: &Rc<SharedSocket>,
        id: AssocId,
        peers: &[SocketAddr],
        restart: bool,
    ) {
        let known = self.associations.borrow().get(socket, id).cloned();
        if !restart && known.as_ref().is_some_and(|it| it.is_up) {
            return;
        }
        let Some(first) = peers.first() else {
            return;
        };
        let owner = peers.iter().find_map(|peer| self.owner(*peer));
        let place = EndpointPort {
            endpoint: match &owner {
                Some(owner) => owner.to_string(),
                None => first.ip().to_canonical().to_string(),
            },
            port: first.port(),
        };
        if let Some(replaced) = known.filter(|it| it.is_up) {
            self.over(&replaced.name);
        }
        let by_peer = owner.as_ref().is_some_and(|it| self.is_caller(it));
        let own = self.place(socket);
        let name = match by_peer {
            true => self.names.come_up_by_peer(&own, &place),
            false => self.names.come_up(&own, &place),
        };
        let end = self.end_of(socket, id, &name, owner.as_ref(), peers);
        self.journal.note(Event::AssociationUp(end));
        self.associate(owner.as_ref(), Association::up(socket, id, name));
    }

    /// Takes note that an association is over at this end.
    pub(super) fn over(&self, name: &AssociationName) {
        if self.names.end(name, self.config.name.as_str()) {
            self.journal.note(Event::AssociationEnded {
                endpoint: self.name(),
                association: name.clone(),
                t1_expiries: None,
            });
        }
    }

    /// Takes note that the associations on a socket are over, and forgets them.
    pub(super) fn forget(&self, socket: &Rc<SharedSocket>) {
        let all = self.associations.borrow().all();
        for association in all {
            if Rc::ptr_eq(&association.socket, socket) {
                self.over(&association.name);
            }
        }
        self.associations.borrow_mut().remove_socket(socket);
    }

    /// Remembers an association with `peer`, or with a stranger.
    pub(super) fn associate(&self, peer: Option<&EndpointName>, association: Association) {
        let mut associations = self.associations.borrow_mut();
        associations.call(&association.socket, association.id, &association.name);
        associations.insert(peer.cloned(), association);
    }

    fn place(&self, socket: &SharedSocket) -> EndpointPort {
        EndpointPort {
            endpoint: self.name(),
            port: socket.local_addr().map_or(0, |local| local.port()),
        }
    }

    fn end_of(
        &self,
        socket: &SharedSocket,
        id: AssocId,
        name: &AssociationName,
        peer: Option<&EndpointName>,
        remote: &[SocketAddr],
    ) -> AssociationEnd {
        // An accepted socket is asked by the ID `FUTURE`: the status has the real one.
        let status = socket.get::<Status>(id);
        let id = status.map_or(id, |status| status.assoc_id);
        let local = socket.getladdrs(id).unwrap_or_default();
        AssociationEnd {
            endpoint: self.name(),
            association: name.clone(),
            peer: peer.map(ToString::to_string),
            id: (id != AssocId::FUTURE).then(|| id.get()),
            local: transport(self.place(socket).port, &local),
            remote: transport(remote.first().map_or(0, SocketAddr::port), remote),
            chosen: None,
            offered: Vec::new(),
            found: false,
        }
    }
}

/// Transport addresses, sorted.
pub(crate) fn transport(port: u16, addresses: &[SocketAddr]) -> TransportAddresses {
    let mut addresses: Vec<_> = addresses.iter().map(|it| it.ip().to_canonical()).collect();
    // The kernel's order of addresses has no meaning.
    addresses.sort_unstable();
    TransportAddresses { port, addresses }
}
