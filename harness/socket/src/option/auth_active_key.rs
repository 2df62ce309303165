//! `SCTP_AUTH_ACTIVE_KEY`: the active authentication key.

use std::io;

use zerocopy::FromZeros;

use super::access::{get, named_option, set};
use super::{ReadOption, SocketOption, WriteOption};
use crate::sys::sctp_authkeyid;
use crate::{AssocId, Socket};

/// The key that authenticates sent chunks from now on (RFC 6458 section 8.1.18; Linux:
/// `sctp_setsockopt_active_key`).
///
/// # Errors
/// `EINVAL` for an unknown key; `EACCES` where the endpoint, or the peer of the
/// association, does not support AUTH.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AuthActiveKey {
    /// The association.
    pub assoc_id: AssocId,
    /// The key's number.
    pub key_number: u16,
}

named_option!(AuthActiveKey, SCTP_AUTH_ACTIVE_KEY);

impl ReadOption for AuthActiveKey {
    type Of = AssocId;

    fn read(socket: &Socket, of: AssocId) -> io::Result<Self> {
        let question = sctp_authkeyid {
            scact_assoc_id: of.to_raw(),
            ..sctp_authkeyid::new_zeroed()
        };
        let raw = get(socket, Self::NAME, question)?;
        Ok(Self {
            assoc_id: of,
            key_number: raw.scact_keynumber,
        })
    }
}

impl WriteOption for AuthActiveKey {
    fn write(&self, socket: &Socket) -> io::Result<()> {
        let raw = sctp_authkeyid {
            scact_assoc_id: self.assoc_id.to_raw(),
            scact_keynumber: self.key_number,
            ..sctp_authkeyid::new_zeroed()
        };
        set(socket, Self::NAME, &raw)
    }
}
