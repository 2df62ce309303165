//! Samples of associations and their paths, which are put on record where they have changed.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use bounds::Timing;
use net::{AssociationInfo, Diag};
use recording::{AssociationName, AssociationSample, Event, PathSample};
use socket::option::{Path, PeerAddrInfo, Status};
use socket::{AssocId, Socket};

use crate::journal::Journal;
use crate::tick;

/// The last samples of an association and of its paths.
#[derive(Default)]
pub(crate) struct LastSamples {
    association: Option<AssociationSample>,
    paths: BTreeMap<IpAddr, PathSample>,
}

impl LastSamples {
    /// The last sample of a path.
    pub(crate) fn of(&self, path: IpAddr) -> Option<&PathSample> {
        self.paths.get(&path)
    }
}

/// An association as one of its sockets has it.
pub(crate) struct AtSocket<'a> {
    pub(crate) socket: &'a Socket,
    /// The association ID to ask this socket by: `FUTURE` at a one-to-one socket.
    pub(crate) id: AssocId,
    pub(crate) status: &'a Status,
    pub(crate) peers: &'a [SocketAddr],
    /// What `sctp_diag` tells of the association, which is more than the socket does.
    pub(crate) info: Option<&'a AssociationInfo>,
}

/// Where samples go.
pub(crate) struct Sampler<'a> {
    pub(crate) endpoint: &'a str,
    pub(crate) journal: &'a Journal,
    /// The `sctp_diag` of the node, where its kernel has it.
    pub(crate) diag: Option<&'a Diag>,
    /// Whether to put unchanged samples on record, too.
    pub(crate) everything: bool,
}

impl Sampler<'_> {
    /// Puts on record what a socket tells of an association and of each of its paths.
    pub(crate) fn sample(&self, name: &AssociationName, last: &mut LastSamples, of: &AtSocket<'_>) {
        self.note_association(name, last, association_sample(of.status, of.info));
        for peer in of.peers {
            let primary = of.status.primary.address.map(|it| it.ip()) == Some(peer.ip());
            let path = match primary {
                true => Ok(of.status.primary),
                false => of.socket.get::<PeerAddrInfo>(Path::to(of.id, *peer)),
            };
            let Ok(path) = path else { continue };
            let address = peer.ip().to_canonical();
            self.note_path(name, last, path_sample(address, primary, &path, of.info));
        }
    }

    /// What `sctp_diag` tells of the association between some of these addresses. A socket that
    /// is bound to no address lists addresses that are none of the association's, such as
    /// 127.0.0.1.
    pub(crate) fn diagnose(
        &self,
        local: &[SocketAddr],
        peers: &[SocketAddr],
    ) -> Option<AssociationInfo> {
        let diag = self.diag?;
        let pairs = local.iter().flat_map(|local| {
            let peers = peers.iter();
            peers.map(move |peer| (*local, *peer))
        });
        let mut pairs = pairs.filter(|(local, peer)| local.is_ipv4() == peer.is_ipv4());
        pairs.find_map(|(local, peer)| diag.association(local, peer).ok())
    }

    /// Puts the sample of an association on record if it differs from the last one.
    pub(crate) fn note_association(
        &self,
        of: &AssociationName,
        last: &mut LastSamples,
        sample: AssociationSample,
    ) {
        if !self.everything && last.association.as_ref() == Some(&sample) {
            return;
        }
        last.association = Some(sample.clone());
        self.journal.note(Event::Association {
            endpoint: self.endpoint.to_owned(),
            association: of.clone(),
            sample,
        });
    }

    /// Puts the sample of a path on record if it differs from the last one.
    pub(crate) fn note_path(
        &self,
        of: &AssociationName,
        last: &mut LastSamples,
        sample: PathSample,
    ) {
        if !self.everything && last.of(sample.address) == Some(&sample) {
            return;
        }
        last.paths.insert(sample.address, sample.clone());
        self.journal.note(Event::Path {
            endpoint: self.endpoint.to_owned(),
            association: of.clone(),
            sample,
        });
    }

    /// Puts the timers of an association on record, or those of one of its paths.
    pub(crate) fn note_timers(
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

fn association_sample(status: &Status, info: Option<&AssociationInfo>) -> AssociationSample {
    AssociationSample {
        state: status.state.to_string(),
        peer_rwnd: status.rwnd,
        unacknowledged: status.unackdata.into(),
        pending: status.penddata.into(),
        queued: info.map(|info| info.queued),
        error_count: info.map(|info| info.error_count),
    }
}

fn path_sample(
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
        // The number of ticks stands where RFC 6458 has milliseconds.
        srtt_ms: tick::milliseconds(u64::try_from(path.srtt.as_millis()).unwrap_or(u64::MAX)),
        rto_ms: milliseconds(path.rto),
        mtu: path.mtu,
        ssthresh: more.map(|path| path.ssthresh),
        flight: more.map(|path| path.flight),
        error_count: more.map(|path| path.error_count.into()),
    }
}
