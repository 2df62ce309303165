//! Samples of an association whose socket the program has closed. No socket option reaches
//! such an association. But the kernel keeps it until the shutdown is over, and its tables
//! list it.

use net::{AssociationInfo, Tables};
use recording::{AssociationSample, PathSample};

use super::known::Known;
use crate::samples::Sampler;
use crate::tick;

impl Known {
    /// Puts on record what has changed, as the kernel's tables tell it. The tables tell
    /// everything of the primary path, but of each other path only the RTO and the state.
    pub(super) fn sample_left(&mut self, tables: &Tables, to: &Sampler<'_>) {
        let Some(info) = self.diagnose(to) else {
            return;
        };
        self.note(of_association(&info), to);
        let primary = info.primary.address.to_canonical();
        let Ok(paths) = tables.paths(self.id.get()) else {
            return;
        };
        for path in &paths {
            let Some(last) = self.last_of(path.address) else {
                continue;
            };
            let state = of_path(path.state).to_owned();
            let sample = match path.address == primary {
                true => of_primary(&info, state, last.mtu),
                false => PathSample {
                    primary: false,
                    rto_ms: tick::milliseconds(path.rto_ticks),
                    state,
                    ..last.clone()
                },
            };
            self.note_path(sample, to);
        }
    }
}

/// The state of an association, from `struct sctp_info` alone.
pub(super) fn of_association(info: &AssociationInfo) -> AssociationSample {
    AssociationSample {
        state: state(info.state).to_owned(),
        peer_rwnd: info.peer_rwnd,
        unacknowledged: info.unacknowledged.into(),
        pending: info.pending.into(),
        queued: Some(info.queued),
        error_count: Some(info.error_count),
    }
}

fn of_primary(info: &AssociationInfo, state: String, mtu: u32) -> PathSample {
    let path = &info.primary;
    PathSample {
        address: path.address.to_canonical(),
        primary: true,
        state,
        cwnd: path.cwnd,
        srtt_ms: tick::milliseconds(path.srtt.into()),
        rto_ms: path.rto_ms,
        mtu,
        ssthresh: Some(path.ssthresh),
        flight: Some(path.flight),
        error_count: Some(path.error_count.into()),
    }
}

/// The kernel's `enum sctp_state` by the names of RFC 6458. A socket option counts one more
/// state, `SCTP_EMPTY`, before these.
fn state(number: u32) -> &'static str {
    match number {
        0 => "SCTP_CLOSED",
        1 => "SCTP_COOKIE_WAIT",
        2 => "SCTP_COOKIE_ECHOED",
        3 => "SCTP_ESTABLISHED",
        4 => "SCTP_SHUTDOWN_PENDING",
        5 => "SCTP_SHUTDOWN_SENT",
        6 => "SCTP_SHUTDOWN_RECEIVED",
        _ => "SCTP_SHUTDOWN_ACK_SENT",
    }
}

/// The kernel's `enum sctp_spinfo_state`. A path of unknown state counts as active, as it
/// does for `SCTP_GET_PEER_ADDR_INFO`.
fn of_path(number: i32) -> &'static str {
    match number {
        0 => "SCTP_INACTIVE",
        1 => "SCTP_POTENTIALLY_FAILED",
        3 => "SCTP_UNCONFIRMED",
        _ => "SCTP_ACTIVE",
    }
}
