//! `SCTP_RESET_ASSOC`: every sequence number begins anew.

use std::io;

use super::access::{named_option, set};
use super::{SocketOption, WriteOption};
use crate::{AssocId, Socket};

/// Asks for the TSNs and the stream sequence numbers of both directions to
/// begin anew (RFC 6525 section 6.3.3; Linux: `sctp_setsockopt_reset_assoc`).
/// For writing only; `SCTP_ASSOC_RESET_EVENT` tells both sides how it went.
///
/// # Errors
/// As for [`ResetStreams`](super::ResetStreams); `EAGAIN` while anything is on
/// its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ResetAssoc(pub AssocId);

named_option!(ResetAssoc, SCTP_RESET_ASSOC);

impl WriteOption for ResetAssoc {
    fn write(&self, socket: &Socket) -> io::Result<()> {
        set(socket, Self::NAME, &self.0.to_raw())
    }
}
