//! `SCTP_RESET_STREAMS`: resets stream sequence numbers.

use std::io;

use bitflags::bitflags;
use zerocopy::IntoBytes;

use super::access::{count, named_option, set_with_list};
use super::{SocketOption, WriteOption};
use crate::sys::{self, sctp_reset_streams};
use crate::{AssocId, Socket};

bitflags! {
    /// `srs_flags`.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct ResetDirection: u16 {
        /// `SCTP_STREAM_RESET_INCOMING`: asks the peer to reset its outgoing streams.
        const INCOMING = sys::SCTP_STREAM_RESET_INCOMING;
        /// `SCTP_STREAM_RESET_OUTGOING`: resets this side's outgoing streams.
        const OUTGOING = sys::SCTP_STREAM_RESET_OUTGOING;
    }
}

/// Resets the stream sequence numbers of some streams to 0 (RFC 6525 section 6.3.2;
/// Linux: `sctp_setsockopt_reset_streams`). For writing only. `SCTP_STREAM_RESET_EVENT`
/// reports the result on both sides.
///
/// # Errors
/// `ENOPROTOOPT` where either side does not support RE-CONFIG, or this side does not
/// [enable](super::EnableStreamReset) it; `EINPROGRESS` while another request is open;
/// `EINVAL` for no direction and for an unknown stream. Linux refuses to reset outgoing
/// streams with `EAGAIN` while messages of these streams wait to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResetStreams {
    /// The association.
    pub assoc_id: AssocId,
    /// The direction.
    pub direction: ResetDirection,
    /// The streams; an empty list means all.
    pub streams: Vec<u16>,
}

named_option!(ResetStreams, SCTP_RESET_STREAMS);

impl WriteOption for ResetStreams {
    fn write(&self, socket: &Socket) -> io::Result<()> {
        let head = sctp_reset_streams {
            srs_assoc_id: self.assoc_id.to_raw(),
            srs_flags: self.direction.bits(),
            srs_number_streams: count(self.streams.len())?,
        };
        set_with_list(socket, Self::NAME, &head, self.streams.as_bytes())
    }
}
