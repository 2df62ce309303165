//! `SCTP_AUTH_DEACTIVATE_KEY`: takes a key out of use.

use std::io;

use zerocopy::FromZeros;

use super::access::{named_option, set};
use super::{SocketOption, WriteOption};
use crate::sys::sctp_authkeyid;
use crate::{AssocId, Socket};

/// A key that no longer authenticates sent chunks, but still verifies received ones (RFC
/// 6458 section 8.3.4; Linux: `sctp_setsockopt_deactivate_key`). For writing only.
/// `SCTP_AUTHENTICATION_EVENT` reports when no chunk in flight uses the key any more, so
/// that it can be deleted.
///
/// # Errors
/// `EINVAL` for the active key and for an unknown key; `EACCES` where the endpoint, or the
/// peer of the association, does not support AUTH.
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
