//! `SCTP_AUTH_KEY`: a shared key for authentication.

use std::{fmt, io};

use super::access::{count, named_option, set_with_list};
use super::{SocketOption, WriteOption};
use crate::sys::sctp_authkey;
use crate::{AssocId, Socket};

/// A shared key (RFC 4895 section 6.1, RFC 6458 section 8.3.3; Linux:
/// `sctp_setsockopt_auth_key`). For writing only. A key authenticates sent chunks only
/// after it has become the [active key](super::AuthActiveKey), or if a message names it.
///
/// Key 0 exists from the beginning, and is empty.
#[derive(Clone, PartialEq, Eq)]
pub struct AuthKey {
    /// The association.
    pub assoc_id: AssocId,
    /// Number of the key in AUTH chunks.
    pub key_number: u16,
    /// The secret.
    pub key: Vec<u8>,
}

named_option!(AuthKey, SCTP_AUTH_KEY);

/// Shows the key without the secret.
impl fmt::Debug for AuthKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AuthKey")
            .field("assoc_id", &self.assoc_id)
            .field("key_number", &self.key_number)
            .finish_non_exhaustive()
    }
}

impl WriteOption for AuthKey {
    fn write(&self, socket: &Socket) -> io::Result<()> {
        let head = sctp_authkey {
            sca_assoc_id: self.assoc_id.to_raw(),
            sca_keynumber: self.key_number,
            sca_keylength: count(self.key.len())?,
        };
        set_with_list(socket, Self::NAME, &head, &self.key)
    }
}
