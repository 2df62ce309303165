use std::collections::BTreeMap;
use std::rc::Rc;

use scenario::EndpointName;
use socket::{AssocId, Style};

use super::shared_socket::SharedSocket;

/// The associations of an endpoint, by the endpoint at the other end: more
/// than one where either of the two has several sockets.
#[derive(Default)]
pub(super) struct Associations {
    by_peer: BTreeMap<EndpointName, Vec<Association>>,
}

/// One association and the socket it is on.
#[derive(Clone)]
pub(super) struct Association {
    pub(super) socket: Rc<SharedSocket>,
    pub(super) id: AssocId,
}

impl Association {
    /// A one-to-one socket has one association, whatever it is called by.
    fn is(&self, socket: &Rc<SharedSocket>, id: AssocId) -> bool {
        Rc::ptr_eq(&self.socket, socket) && (self.id == id || socket.style() == Style::OneToOne)
    }
}

impl Associations {
    pub(super) fn insert(&mut self, peer: EndpointName, association: Association) {
        self.remove(&association.socket, association.id);
        self.by_peer.entry(peer).or_default().push(association);
    }

    pub(super) fn with(&self, peer: &EndpointName) -> Vec<Association> {
        self.by_peer.get(peer).cloned().unwrap_or_default()
    }

    /// The only one, where neither of the two has several sockets.
    pub(super) fn first_with(&self, peer: &EndpointName) -> Option<Association> {
        self.by_peer.get(peer)?.first().cloned()
    }

    pub(super) fn all(&self) -> Vec<Association> {
        self.by_peer.values().flatten().cloned().collect()
    }

    pub(super) fn remove(&mut self, socket: &Rc<SharedSocket>, id: AssocId) {
        self.retain(|it| !it.is(socket, id));
    }

    /// Forgets all that are on a socket.
    pub(super) fn remove_socket(&mut self, socket: &Rc<SharedSocket>) {
        self.retain(|it| !Rc::ptr_eq(&it.socket, socket));
    }

    fn retain(&mut self, keep: impl Fn(&Association) -> bool) {
        for associations in self.by_peer.values_mut() {
            associations.retain(&keep);
        }
    }
}
