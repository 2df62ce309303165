//! An association of a program that is up, and its samples by the program's socket.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::rc::Rc;

use bounds::Timing;
use net::AssociationInfo;
use recording::{AssociationName, AssociationSample, PathSample};
use socket::option::{AssocState, Path, Status};
use socket::{AssocId, Socket};

use crate::endpoint::read_timers;
use crate::samples::{AtSocket, LastSamples, Sampler};

/// An association that is on record as up.
pub(super) struct Known {
    pub(super) name: AssociationName,
    pub(super) id: AssocId,
    pub(super) ports: (u16, u16),
    local: Vec<SocketAddr>,
    pub(super) peers: Vec<SocketAddr>,
    /// Whether the program has closed its socket, so that only the kernel still has the
    /// association.
    pub(super) left: bool,
    last: LastSamples,
    timers: BTreeMap<Option<IpAddr>, Timing>,
}

/// An association that a socket has now.
pub(super) struct Found {
    socket: Rc<Socket>,
    /// The association ID to ask this socket by: `FUTURE` at a one-to-one socket.
    id: AssocId,
    pub(super) status: Status,
    pub(super) local: Vec<SocketAddr>,
    pub(super) peers: Vec<SocketAddr>,
}

impl Found {
    /// The association that a socket has under this ID, if it is up.
    pub(super) fn at(socket: &Rc<Socket>, id: AssocId) -> Option<Found> {
        let status = socket.get::<Status>(id).ok()?;
        let is_up = !matches!(
            status.state,
            AssocState::Closed | AssocState::CookieWait | AssocState::CookieEchoed
        );
        let found = Found {
            socket: Rc::clone(socket),
            id,
            status,
            local: socket.getladdrs(id).ok()?,
            peers: socket.getpaddrs(id).ok()?,
        };
        (is_up && !found.local.is_empty() && !found.peers.is_empty()).then_some(found)
    }

    pub(super) fn ports(&self) -> (u16, u16) {
        let port = |all: &[SocketAddr]| all.first().map_or(0, SocketAddr::port);
        (port(&self.local), port(&self.peers))
    }

    /// Compares the association and not the socket: an association moves to another socket
    /// when it is accepted or peeled off.
    pub(super) fn is(&self, known: &Known) -> bool {
        self.status.assoc_id == known.id
            && self.ports() == known.ports
            && self.peers.iter().any(|it| known.peers.contains(it))
    }
}

impl Known {
    pub(super) fn new(name: AssociationName, found: &Found) -> Self {
        Self {
            name,
            id: found.status.assoc_id,
            ports: found.ports(),
            local: found.local.clone(),
            peers: found.peers.clone(),
            left: false,
            last: LastSamples::default(),
            timers: BTreeMap::new(),
        }
    }

    /// Puts on record what has changed, as the program's socket tells it.
    pub(super) fn sample(&mut self, found: &Found, to: &Sampler<'_>) {
        self.peers.clone_from(&found.peers);
        self.sample_timers(found, to);
        let primary = found.status.primary.address;
        let info = to.diagnose(&self.local, primary.as_slice());
        let at_socket = AtSocket {
            socket: &found.socket,
            id: found.id,
            status: &found.status,
            peers: &found.peers,
            info: info.as_ref(),
        };
        to.sample(&self.name, &mut self.last, &at_socket);
    }

    /// What `sctp_diag` tells of the association.
    pub(super) fn diagnose(&self, to: &Sampler<'_>) -> Option<AssociationInfo> {
        to.diagnose(&self.local, &self.peers)
    }

    pub(super) fn note(&mut self, sample: AssociationSample, to: &Sampler<'_>) {
        to.note_association(&self.name, &mut self.last, sample);
    }

    pub(super) fn note_path(&mut self, sample: PathSample, to: &Sampler<'_>) {
        to.note_path(&self.name, &mut self.last, sample);
    }

    /// The last sample of a path.
    pub(super) fn last_of(&self, path: IpAddr) -> Option<&PathSample> {
        self.last.of(path)
    }

    /// Puts on record the timers in force where they have changed: a program may set the
    /// timers of the association, or of one path, at any time.
    fn sample_timers(&mut self, found: &Found, to: &Sampler<'_>) {
        let paths = found.peers.iter().map(|it| Path::to(found.id, *it));
        for path in std::iter::once(Path::all(found.id)).chain(paths) {
            let Ok(timers) = read_timers(&found.socket, path) else {
                continue;
            };
            let address = path.address.map(|it| it.ip().to_canonical());
            let said = self.timers.get(&address);
            let said = said.or_else(|| self.timers.get(&None).filter(|_| address.is_some()));
            if said == Some(&timers) {
                continue;
            }
            self.timers.insert(address, timers);
            to.note_timers(&self.name, address, timers);
        }
    }
}
