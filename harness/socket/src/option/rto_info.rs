//! `SCTP_RTOINFO`: retransmission timeouts.

use std::io;
use std::time::Duration;

use super::access::{get, named_option, set};
use super::time::{from_millis, to_millis};
use super::{ReadOption, SocketOption, WriteOption};
use crate::sys::sctp_rtoinfo;
use crate::{AssocId, Socket};

/// RTO.Initial, RTO.Max and RTO.Min (RFC 6458 section 8.1.1; Linux:
/// `sctp_setsockopt_rtoinfo`).
///
/// In milliseconds. Writing zero leaves a value unchanged. `min` must not exceed `max`.
/// On FreeBSD, `initial` must lie between them. Linux starts with 3 s, 60 s, 1 s, FreeBSD
/// with 1 s, 60 s, 1 s.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RtoInfo {
    /// The association.
    pub assoc_id: AssocId,
    /// The timeout before the first measurement.
    pub initial: Duration,
    /// RTO.Max, the greatest timeout.
    pub max: Duration,
    /// RTO.Min, the smallest timeout.
    pub min: Duration,
}

named_option!(RtoInfo, SCTP_RTOINFO);

impl ReadOption for RtoInfo {
    type Of = AssocId;

    fn read(socket: &Socket, of: AssocId) -> io::Result<Self> {
        let question = sctp_rtoinfo {
            srto_assoc_id: of.to_raw(),
            srto_initial: 0,
            srto_max: 0,
            srto_min: 0,
        };
        let raw = get(socket, Self::NAME, question)?;
        Ok(Self {
            assoc_id: of,
            initial: from_millis(raw.srto_initial),
            max: from_millis(raw.srto_max),
            min: from_millis(raw.srto_min),
        })
    }
}

impl WriteOption for RtoInfo {
    fn write(&self, socket: &Socket) -> io::Result<()> {
        let raw = sctp_rtoinfo {
            srto_assoc_id: self.assoc_id.to_raw(),
            srto_initial: to_millis(self.initial)?,
            srto_max: to_millis(self.max)?,
            srto_min: to_millis(self.min)?,
        };
        set(socket, Self::NAME, &raw)
    }
}
