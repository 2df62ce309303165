//! `SCTP_RESET_ASSOC`: resets all sequence numbers.

use std::io;

use super::access::{named_option, set};
use super::{SocketOption, WriteOption};
use crate::{AssocId, Socket};

/// Resets the TSNs and the stream sequence numbers of both directions (RFC 6525 section
/// 6.3.3; Linux: `sctp_setsockopt_reset_assoc`). For writing only.
/// `SCTP_ASSOC_RESET_EVENT` reports the result on both sides.
///
/// # Errors
/// `ENOPROTOOPT` and `EINPROGRESS` as for [`ResetStreams`](super::ResetStreams); `EAGAIN`
/// while any message waits to be sent or is in flight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ResetAssoc(pub AssocId);

named_option!(ResetAssoc, SCTP_RESET_ASSOC);

impl WriteOption for ResetAssoc {
    fn write(&self, socket: &Socket) -> io::Result<()> {
        set(socket, Self::NAME, &self.0.to_raw())
    }
}
