//! Sets and reads the timers and retransmission limits of sockets.

use std::io;
use std::time::Duration;

use bounds::Timing;
use recording::Event;
use scenario::Timers;
use socket::option::{
    AssocInfo, DelayedSack, InitMsg, Path, PathFlags, PeerAddrParams, PeerAddrThresholds, RtoInfo,
};
use socket::{AssocId, Socket};

use super::Endpoint;
use super::shared_socket::SharedSocket;

/// Sets the scenario's timers and numbers of streams for future associations. Values that
/// the scenario leaves out stay as the kernel has them.
pub(super) fn set(socket: &Socket, config: &scenario::Endpoint) -> io::Result<()> {
    let timers = &config.timers;
    let all = AssocId::FUTURE;
    set_rto(socket, timers)?;
    set_heartbeat(socket, timers)?;
    if let Some(max_retrans) = timers.association_max_retrans {
        let info: AssocInfo = socket.get(all)?;
        socket.set(&AssocInfo {
            max_retrans,
            ..info
        })?;
    }
    if let Some(potentially_failed) = timers.potentially_failed {
        let thresholds: PeerAddrThresholds = socket.get(all.into())?;
        socket.set(&PeerAddrThresholds {
            potentially_failed,
            ..thresholds
        })?;
    }
    if let Some(delay) = timers.sack_delay {
        let sack: DelayedSack = socket.get(all)?;
        socket.set(&DelayedSack { delay, ..sack })?;
    }
    // Zero stands for the endpoint's own value (RFC 6458, sections 5.3.1 and 8.1.3).
    socket.set(&InitMsg {
        num_ostreams: config.outbound_streams.unwrap_or(0),
        max_instreams: config.inbound_streams.unwrap_or(0),
        max_attempts: timers.max_init_retransmits.unwrap_or(0),
        max_init_timeo: Duration::ZERO,
    })
}

fn set_rto(socket: &Socket, timers: &Timers) -> io::Result<()> {
    // Zero leaves a value as it is (RFC 6458, section 8.1.1).
    socket.set(&RtoInfo {
        assoc_id: AssocId::FUTURE,
        initial: timers.rto_initial.unwrap_or_default(),
        min: timers.rto_min.unwrap_or_default(),
        max: timers.rto_max.unwrap_or_default(),
    })
}

fn set_heartbeat(socket: &Socket, timers: &Timers) -> io::Result<()> {
    let unchanged = PeerAddrParams::unchanged(AssocId::FUTURE);
    if let Some(hb_interval) = timers.heartbeat_interval {
        socket.set(&PeerAddrParams {
            hb_interval,
            flags: PathFlags::HB_ENABLE,
            ..unchanged
        })?;
    }
    if let Some(path_max_retrans) = timers.path_max_retrans {
        socket.set(&PeerAddrParams {
            path_max_retrans,
            ..unchanged
        })?;
    }
    Ok(())
}

impl Endpoint {
    /// Puts on record the timers that the kernel reports for a path, or for all.
    pub(super) fn report_timers(&self, socket: &SharedSocket, path: Path) {
        // An association that is gone has no timers left.
        if let Ok(timers) = read(socket, path) {
            self.journal.note(Event::Timers {
                endpoint: self.name(),
                association: self.associations.borrow().name(socket, path.assoc_id),
                address: path.address.map(|address| address.ip().to_canonical()),
                timers,
            });
        }
    }
}

/// The timers of a path, of an association or of a socket, as the kernel reports them.
pub(crate) fn read(socket: &Socket, path: Path) -> io::Result<Timing> {
    let id = path.assoc_id;
    let rto: RtoInfo = socket.get(id)?;
    let association: AssocInfo = socket.get(id)?;
    let init: InitMsg = socket.get(())?;
    let params: PeerAddrParams = socket.get(path)?;
    let sack: DelayedSack = socket.get(id)?;
    let thresholds: Option<PeerAddrThresholds> = socket.get(path).ok();
    Ok(Timing {
        rto_initial: rto.initial,
        rto_min: rto.min,
        rto_max: rto.max,
        heartbeat_interval: params.hb_interval,
        heartbeats: !params.flags.contains(PathFlags::HB_DISABLE),
        sack_delay: sack.delay,
        path_max_retrans: params.path_max_retrans,
        potentially_failed: thresholds.map(|thresholds| thresholds.potentially_failed),
        association_max_retrans: association.max_retrans,
        max_init_retransmits: init.max_attempts,
        max_init_timeout: init.max_init_timeo,
    })
}
