//! `SCTP_AUTH_DEACTIVATE_KEY`: a key is no longer used.

use std::io;

use zerocopy::FromZeros;

use super::access::{named_option, set};
use super::{SocketOption, WriteOption};
use crate::sys::sctp_authkeyid;
use crate::{AssocId, Socket};

/// A key that is no longer used for what is sent, and still known for what
/// comes (RFC 6458 section 8.3.4; Linux: `sctp_setsockopt_deactivate_key`). For
/// writing only. When nothing is on its way under it any more,
/// `SCTP_AUTHENTICATION_EVENT` says that it can be deleted.
///
/// # Errors
/// `EINVAL` for the active key and for one that is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AuthDeactivateKey {
    /// The association.
    pub assoc_id: AssocId,
    /// The key's number.
    pub key_number: u16,
}

named_option!(AuthDeactivateKey, SCTP_AUTH_DEACTIVATE_KEY);

impl WriteOption for AuthDeactivateKey {
    fn write(&self, socket: &Socket) -> io::Result<()> {
        let raw = sctp_authkeyid {
            scact_assoc_id: self.assoc_id.to_raw(),
            scact_keynumber: self.key_number,
            ..sctp_authkeyid::new_zeroed()
        };
        set(socket, Self::NAME, &raw)
    }
}
