//! An association of a program that is up, and its samples by the program's socket.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::rc::Rc;

use bounds::Timing;
use net::{AssociationInfo, Diag};
use recording::{AssociationName, AssociationSample, Event, PathSample};
use socket::option::{AssocState, Path, PeerAddrInfo, Status};
use socket::{AssocId, Socket};

use crate::endpoint::{association_sample, path_sample, read_timers};
use crate::journal::Journal;

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
    last: Option<AssociationSample>,
    last_of_path: BTreeMap<IpAddr, PathSample>,
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

/// Where samples go.
pub(super) struct Sampler<'a> {
    pub(super) endpoint: &'a str,
    pub(super) journal: &'a Journal,
    pub(super) diag: Option<&'a Diag>,
    /// Whether to put unchanged samples on record, too.
    pub(super) everything: bool,
}

impl Sampler<'_> {
    /// Puts the sample of an association on record if it differs from the last one.
    pub(super) fn note_association(
        &self,
        of: &AssociationName,
        last: &mut Option<AssociationSample>,
        sample: AssociationSample,
    ) {
        if !self.everything && last.as_ref() == Some(&sample) {
            return;
        }
        *last = Some(sample.clone());
        self.journal.note(Event::Association {
            endpoint: self.endpoint.to_owned(),
            association: of.clone(),
            sample,
        });
    }

    /// Puts the timers of an association on record, or those of one of its paths.
    pub(super) fn note_timers(
        &self,
        of: &AssociationName,
        address: Option<IpAddr>,
        timers: Timing,
    ) {
        self.journal.note(Event::Timers {
            endpoint: self.endpoint.to_owned(),
            association: Some(of.clone()),
            address,
            timers,
        });
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
            last: None,
            last_of_path: BTreeMap::new(),
            timers: BTreeMap::new(),
        }
    }

    /// Puts on record what has changed, as the program's socket tells it.
    pub(super) fn sample(&mut self, found: &Found, to: &Sampler<'_>) {
        self.peers.clone_from(&found.peers);
        self.sample_timers(found, to);
        let status = &found.status;
        let info = status.primary.address;
        let info = info.and_then(|peer| self.diagnose(&[peer], to));
        self.note(association_sample(status, info.as_ref()), to);
        for peer in &found.peers {
            let primary = status.primary.address.map(|it| it.ip()) == Some(peer.ip());
            let path = match primary {
                true => Ok(status.primary),
                false => found.socket.get::<PeerAddrInfo>(Path::to(found.id, *peer)),
            };
            let Ok(path) = path else { continue };
            let address = peer.ip().to_canonical();
            self.note_path(path_sample(address, primary, &path, info.as_ref()), to);
        }
    }

    /// What sock_diag tells of the association. Every pair of addresses is tried: a socket that
    /// is bound to no address lists addresses that the association does not have, such as
    /// 127.0.0.1.
    pub(super) fn diagnose(
        &self,
        peers: &[SocketAddr],
        to: &Sampler<'_>,
    ) -> Option<AssociationInfo> {
        let diag = to.diag?;
        let pairs = self.local.iter().flat_map(|local| {
            let peers = peers.iter();
            peers.map(move |peer| (*local, *peer))
        });
        let mut pairs = pairs.filter(|(local, peer)| local.is_ipv4() == peer.is_ipv4());
        pairs.find_map(|(local, peer)| diag.association(local, peer).ok())
    }

    pub(super) fn note(&mut self, sample: AssociationSample, to: &Sampler<'_>) {
        to.note_association(&self.name, &mut self.last, sample);
    }

    pub(super) fn note_path(&mut self, sample: PathSample, to: &Sampler<'_>) {
        if !to.everything && self.last_of_path.get(&sample.address) == Some(&sample) {
            return;
        }
        self.last_of_path.insert(sample.address, sample.clone());
        to.journal.note(Event::Path {
            endpoint: to.endpoint.to_owned(),
            association: self.name.clone(),
            sample,
        });
    }

    /// The last sample of a path.
    pub(super) fn last_of(&self, path: IpAddr) -> Option<&PathSample> {
        self.last_of_path.get(&path)
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
