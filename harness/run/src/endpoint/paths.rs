//! Samples of an endpoint's associations and paths.

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::rc::{Rc, Weak};
use std::sync::Arc;

use net::{Diag, NetError, Network, Node};
use recording::AssociationName;
use socket::option::Status;
use socket::{AssocId, Socket};

use super::Endpoint;
use super::associations::Association;
use super::shared_socket::SharedSocket;
use crate::samples::{AtSocket, LastSamples, Sampler};

/// The last samples of an endpoint's associations and paths.
#[derive(Default)]
pub(super) struct Paths {
    /// The sctp_diag of the node, which tells more than a socket does; empty until the
    /// endpoint is first opened.
    diag: OnceCell<Option<Arc<Diag>>>,
    associations: RefCell<BTreeMap<AssociationName, Known>>,
}

/// The addresses and the last samples of an association.
#[derive(Default)]
struct Known {
    /// One of this endpoint's addresses in the association.
    local: Option<SocketAddr>,
    peers: Vec<SocketAddr>,
    last: LastSamples,
}

/// Whether to put unchanged samples on record, too.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Everything,
    Changes,
}

impl Endpoint {
    /// Samples an association after each of its frames that the node has sent or received. As
    /// a rule a path changes with a frame: a timer that runs out sends one. A change without a
    /// frame shows in the sample after the next frame. Only the first call has an effect.
    pub(super) fn follow_paths(
        self: &Rc<Self>,
        node: &Node,
        network: &Network,
    ) -> Result<(), NetError> {
        if self.paths.diag.set(node.diag()).is_err() {
            return Ok(());
        }
        let activity = network.activity(node.name())?;
        let endpoint: Weak<Self> = Rc::downgrade(self);
        tokio::task::spawn_local(async move {
            loop {
                let seen = activity.next().await;
                let Some(endpoint) = endpoint.upgrade() else {
                    return;
                };
                endpoint.sample(Wanted::Changes, |local, peer| seen.concerns(local, peer));
            }
        });
        Ok(())
    }

    /// Puts on record the state of every path of every association.
    pub(crate) fn sample_paths(&self) {
        self.sample(Wanted::Everything, |_, _| true);
    }

    /// Puts on record the changes in an association, after reading its addresses anew.
    pub(super) fn sample_paths_of(&self, socket: &SharedSocket, id: AssocId) {
        let Some(name) = self.associations.borrow().name(socket, id) else {
            return;
        };
        let mut associations = self.paths.associations.borrow_mut();
        let known = associations.entry(name.clone()).or_default();
        known.learn_addresses(socket, id);
        self.sample_of(socket, id, &name, known, Wanted::Changes);
    }

    /// Samples the associations between the ports, own and peer's, that `concerned`
    /// accepts.
    fn sample(&self, wanted: Wanted, concerned: impl Fn(u16, u16) -> bool) {
        let wanted_ones = self.associations.borrow().between(&concerned);
        for Association {
            socket,
            id,
            name,
            ports,
            ..
        } in wanted_ones
        {
            let mut associations = self.paths.associations.borrow_mut();
            let known = associations.entry(name.clone()).or_default();
            if known.peers.is_empty() {
                known.learn_addresses(&socket, id);
            }
            let [local, peer] =
                [known.local, known.peers.first().copied()].map(|it| it.map_or(0, |it| it.port()));
            if local != 0 {
                ports.set(Some((local, peer)));
                if !concerned(local, peer) {
                    continue;
                }
            }
            self.sample_of(&socket, id, &name, known, wanted);
        }
    }

    fn sample_of(
        &self,
        socket: &Socket,
        id: AssocId,
        name: &AssociationName,
        known: &mut Known,
        wanted: Wanted,
    ) {
        // An association that is gone has no paths left.
        let Ok(status) = socket.get::<Status>(id) else {
            return;
        };
        let sampler = Sampler {
            endpoint: &self.name(),
            journal: &self.journal,
            diag: self.paths.diag.get().and_then(Option::as_deref),
            everything: wanted == Wanted::Everything,
        };
        let info = sampler.diagnose(known.local.as_slice(), status.primary.address.as_slice());
        let at_socket = AtSocket {
            socket,
            id,
            status: &status,
            peers: &known.peers,
            info: info.as_ref(),
        };
        sampler.sample(name, &mut known.last, &at_socket);
    }
}

impl Known {
    fn learn_addresses(&mut self, socket: &Socket, id: AssocId) {
        self.peers = socket.getpaddrs(id).unwrap_or_default();
        let local = socket.getladdrs(id).unwrap_or_default();
        self.local = local.first().copied();
    }
}
