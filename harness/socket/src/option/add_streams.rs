//! `SCTP_ADD_STREAMS`: adds streams to an association.

use std::io;

use super::access::{named_option, set};
use super::{SocketOption, WriteOption};
use crate::sys::sctp_add_streams;
use crate::{AssocId, Socket};

/// Adds streams (RFC 6525 section 6.3.4; Linux: `sctp_setsockopt_add_streams`). For
/// writing only. `SCTP_STREAM_CHANGE_EVENT` reports the result on both sides.
///
/// # Errors
/// `ENOPROTOOPT` and `EINPROGRESS` as for [`ResetStreams`](super::ResetStreams); `EINVAL`
/// for no streams to add and for more than 65535 streams in all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AddStreams {
    /// The association.
    pub assoc_id: AssocId,
    /// Number of inbound streams to add.
    pub inbound: u16,
    /// Number of outbound streams to add.
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
