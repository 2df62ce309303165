//! Samples of an endpoint's associations and paths.

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::rc::{Rc, Weak};
use std::sync::Arc;
use std::time::Duration;

use net::{AssociationInfo, Diag, NetError, Network, Node};
use recording::{AssociationName, AssociationSample, Event, PathSample};
use socket::option::{Path, PeerAddrInfo, Status};
use socket::{AssocId, Socket};

use super::Endpoint;
use super::associations::Association;
use super::shared_socket::SharedSocket;

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
    last: Option<AssociationSample>,
    last_of_path: BTreeMap<IpAddr, PathSample>,
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
        let info = self.diagnose(known, &status);
        let sample = association_sample(&status, info.as_ref());
        if wanted == Wanted::Everything || known.last.as_ref() != Some(&sample) {
            known.last = Some(sample.clone());
            self.journal.note(Event::Association {
                endpoint: self.name(),
                association: name.clone(),
                sample,
            });
        }
        for address in &known.peers {
            let primary = status.primary.address.map(|it| it.ip()) == Some(address.ip());
            let path = match primary {
                true => Ok(status.primary),
                false => socket.get::<PeerAddrInfo>(Path::to(id, *address)),
            };
            let Ok(path) = path else {
                continue;
            };
            let address = address.ip().to_canonical();
            let sample = path_sample(address, primary, &path, info.as_ref());
            if wanted == Wanted::Changes && known.last_of_path.get(&address) == Some(&sample) {
                continue;
            }
            known.last_of_path.insert(address, sample.clone());
            self.journal.note(Event::Path {
                endpoint: self.name(),
                association: name.clone(),
                sample,
            });
        }
    }

    fn diagnose(&self, known: &Known, status: &Status) -> Option<AssociationInfo> {
        let peer = status.primary.address?;
        let answer = self
            .paths
            .diag
            .get()?
            .as_ref()?
            .association(known.local?, peer);
        answer.ok()
    }
}

impl Known {
    fn learn_addresses(&mut self, socket: &Socket, id: AssocId) {
        self.peers = socket.getpaddrs(id).unwrap_or_default();
        let local = socket.getladdrs(id).unwrap_or_default();
        self.local = local.first().copied();
    }
}

pub(crate) fn association_sample(
    status: &Status,
    info: Option<&AssociationInfo>,
) -> AssociationSample {
    AssociationSample {
        state: status.state.to_string(),
        peer_rwnd: status.rwnd,
        unacknowledged: status.unackdata.into(),
        unread: status.penddata.into(),
        queued: info.map(|info| info.queued),
        error_count: info.map(|info| info.error_count),
    }
}

pub(crate) fn path_sample(
    address: IpAddr,
    primary: bool,
    path: &PeerAddrInfo,
    info: Option<&AssociationInfo>,
) -> PathSample {
    let milliseconds = |time: Duration| u32::try_from(time.as_millis()).unwrap_or(u32::MAX);
    let more = info.map(|info| info.primary);
    let more = more.filter(|primary| primary.address.to_canonical() == address);
    PathSample {
        address,
        primary,
        state: path.state.to_string(),
        cwnd: path.cwnd,
        srtt_ms: milliseconds(path.srtt),
        rto_ms: milliseconds(path.rto),
        mtu: path.mtu,
        ssthresh: more.map(|path| path.ssthresh),
        flight: more.map(|path| path.flight),
        error_count: more.map(|path| path.error_count.into()),
    }
}
