//! `SCTP_AUTH_DELETE_KEY`: deletes a key.

use std::io;

use zerocopy::FromZeros;

use super::access::{named_option, set};
use super::{SocketOption, WriteOption};
use crate::sys::sctp_authkeyid;
use crate::{AssocId, Socket};

/// A key to delete (RFC 6458 section 8.3.5; Linux: `sctp_setsockopt_del_key`). For
/// writing only.
///
/// # Errors
/// `EINVAL` for the active key and for an unknown key; `EACCES` where the endpoint, or the
/// peer of the association, does not support AUTH.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AuthDeleteKey {
    /// The association.
    pub assoc_id: AssocId,
    /// The key's number.
    pub key_number: u16,
}

named_option!(AuthDeleteKey, SCTP_AUTH_DELETE_KEY);

impl WriteOption for AuthDeleteKey {
    fn write(&self, socket: &Socket) -> io::Result<()> {
        let raw = sctp_authkeyid {
            scact_assoc_id: self.assoc_id.to_raw(),
            scact_keynumber: self.key_number,
            ..sctp_authkeyid::new_zeroed()
        };
        set(socket, Self::NAME, &raw)
    }
}
