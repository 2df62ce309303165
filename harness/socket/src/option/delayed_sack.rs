//! `SCTP_DELAYED_SACK`: the delay of SACKs.

use std::io;
use std::time::Duration;

use super::access::{get, named_option, set};
use super::time::{from_millis, to_millis};
use super::{ReadOption, SocketOption, WriteOption};
use crate::sys::sctp_sack_info;
use crate::{AssocId, Socket};

/// The greatest delay of a SACK, in time and in packets (RFC 6458 section 8.1.19; Linux:
/// `sctp_setsockopt_delayed_ack`).
///
/// Writing zero leaves a value unchanged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DelayedSack {
    /// The association.
    pub assoc_id: AssocId,
    /// Greatest delay, in milliseconds; 500 ms at most (RFC 9260 section 6.2).
    pub delay: Duration,
    /// Number of packets after which a SACK is sent at once; 1 for no delay at all.
    pub frequency: u32,
}

named_option!(DelayedSack, SCTP_DELAYED_SACK);

impl ReadOption for DelayedSack {
    type Of = AssocId;

    fn read(socket: &Socket, of: AssocId) -> io::Result<Self> {
        let question = sctp_sack_info {
            sack_assoc_id: of.to_raw(),
            sack_delay: 0,
            sack_freq: 0,
        };
        let raw = get(socket, Self::NAME, question)?;
        Ok(Self {
            assoc_id: of,
            delay: from_millis(raw.sack_delay),
            frequency: raw.sack_freq,
        })
    }
}

impl WriteOption for DelayedSack {
    fn write(&self, socket: &Socket) -> io::Result<()> {
        let raw = sctp_sack_info {
            sack_assoc_id: self.assoc_id.to_raw(),
            sack_delay: to_millis(self.delay)?,
            sack_freq: self.frequency,
        };
        set(socket, Self::NAME, &raw)
    }
}
