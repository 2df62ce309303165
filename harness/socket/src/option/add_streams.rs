//! `SCTP_ADD_STREAMS`: more streams for an association.

use std::io;

use super::access::{named_option, set};
use super::{SocketOption, WriteOption};
use crate::sys::sctp_add_streams;
use crate::{AssocId, Socket};

/// Asks for more streams (RFC 6525 section 6.3.4; Linux:
/// `sctp_setsockopt_add_streams`). For writing only;
/// `SCTP_STREAM_CHANGE_EVENT` tells both sides how many there are then.
///
/// # Errors
/// As for [`ResetStreams`](super::ResetStreams); `EINVAL` for more than 65535
/// streams in all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AddStreams {
    /// The association.
    pub assoc_id: AssocId,
    /// How many more to receive on.
    pub inbound: u16,
    /// How many more to send on.
    pub outbound: u16,
}

named_option!(AddStreams, SCTP_ADD_STREAMS);

impl WriteOption for AddStreams {
    fn write(&self, socket: &Socket) -> io::Result<()> {
        let raw = sctp_add_streams {
            sas_assoc_id: self.assoc_id.to_raw(),
            sas_instrms: self.inbound,
            sas_outstrms: self.outbound,
        };
        set(socket, Self::NAME, &raw)
    }
}
