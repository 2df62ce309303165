//! `SCTP_STREAM_SCHEDULER`: the rule by which streams take turns.

use std::io;

use super::access::{get, known, named_option, set};
use super::{ReadOption, SocketOption, WriteOption};
use crate::named::named;
use crate::sys::sctp_assoc_value;
use crate::{AssocId, Socket};

named! {
    /// The schedulers of RFC 8260 section 3. A scheduler that the system does not have is
    /// refused with `EINVAL`.
    pub enum Scheduler: u16 {
        /// First come, first served (section 3.1), the default of Linux.
        Fcfs = SCTP_SS_FCFS,
        /// Round robin (section 3.2), the default of FreeBSD, which calls it
        /// `SCTP_SS_DEFAULT` and 0.
        Rr = SCTP_SS_RR,
        /// Round robin per packet (section 3.3).
        RrPkt = SCTP_SS_RR_PKT on freebsd,
        /// By priority (section 3.4).
        Prio = SCTP_SS_PRIO,
        /// Fair capacity (section 3.5); Linux 6.4.
        Fc = SCTP_SS_FC on linux,
        /// Weighted fair queueing (section 3.6); Linux 6.4.
        Wfq = SCTP_SS_WFQ on linux,
        /// FreeBSD's fair bandwidth.
        Fb = SCTP_SS_FB on freebsd,
    }
}

/// The rule that selects the stream whose message is sent next (RFC 8260 section 4.3.2;
/// Linux: `sctp_setsockopt_scheduler`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StreamScheduler {
    /// The association.
    pub assoc_id: AssocId,
    /// The scheduler.
    pub scheduler: Scheduler,
}

named_option!(StreamScheduler, SCTP_STREAM_SCHEDULER);

impl ReadOption for StreamScheduler {
    type Of = AssocId;

    fn read(socket: &Socket, of: AssocId) -> io::Result<Self> {
        let question = sctp_assoc_value {
            assoc_id: of.to_raw(),
            assoc_value: 0,
        };
        let raw = get(socket, Self::NAME, question)?;
        let number = u16::try_from(raw.assoc_value)
            .map_err(|_| io::Error::from(io::ErrorKind::InvalidData))?;
        Ok(Self {
            assoc_id: of,
            scheduler: Scheduler::from_raw(number),
        })
    }
}

impl WriteOption for StreamScheduler {
    fn write(&self, socket: &Socket) -> io::Result<()> {
        let raw = sctp_assoc_value {
            assoc_id: self.assoc_id.to_raw(),
            assoc_value: known(self.scheduler.to_raw())?.into(),
        };
        set(socket, Self::NAME, &raw)
    }
}
