use std::collections::BTreeMap;
use std::rc::Rc;

use scenario::EndpointName;
use socket::{AssocId, AsyncSocket};

/// The associations of an endpoint, by the endpoint at the other end.
#[derive(Default)]
pub(super) struct Associations {
    by_peer: BTreeMap<EndpointName, Association>,
}

/// One association and the socket it is on.
#[derive(Clone)]
pub(super) struct Association {
    pub(super) socket: Rc<AsyncSocket>,
    pub(super) id: AssocId,
}

impl Associations {
    pub(super) fn insert(&mut self, peer: EndpointName, association: Association) {
        self.by_peer.insert(peer, association);
    }

    pub(super) fn with(&self, peer: &EndpointName) -> Option<Association> {
        self.by_peer.get(peer).cloned()
    }

    pub(super) fn all(&self) -> Vec<Association> {
        self.by_peer.values().cloned().collect()
    }

    pub(super) fn remove(&mut self, id: AssocId, socket: &Rc<AsyncSocket>) {
        self.by_peer
            .retain(|_, it| it.id != id || !Rc::ptr_eq(&it.socket, socket));
    }
}
