//! `SCTP_HMAC_IDENT`: the HMAC algorithms for authentication.

use std::io;

use zerocopy::IntoBytes;

use super::access::{count, get_bytes, known, named_option, set_with_list};
use super::{ReadOption, SocketOption, WriteOption};
use crate::Socket;
use crate::named::named;
use crate::sys::sctp_hmacalgo;

named! {
    /// HMAC identifier, as in the registry of RFC 4895 section 8.4.
    pub enum HmacId: u16 {
        /// SHA-1, which every implementation must support.
        Sha1 = SCTP_AUTH_HMAC_ID_SHA1,
        /// SHA-256.
        Sha256 = SCTP_AUTH_HMAC_ID_SHA256,
    }
}

/// The HMAC algorithms that the peer may use, the preferred one first (RFC 6458 section
/// 8.1.17; Linux: `sctp_setsockopt_hmac_ident`). Applies to future associations.
///
/// # Errors
/// `EINVAL` for a list without SHA-1; `EACCES` where the endpoint does not support AUTH;
/// `EOPNOTSUPP` on Linux for an algorithm that the kernel does not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HmacIdent(pub Vec<HmacId>);

named_option!(HmacIdent, SCTP_HMAC_IDENT);

impl ReadOption for HmacIdent {
    type Of = ();

    fn read(socket: &Socket, (): ()) -> io::Result<Self> {
        let head = size_of::<sctp_hmacalgo>();
        let bytes = get_bytes(socket, Self::NAME, &[], head + 2 * usize::from(u8::MAX))?;
        let (list, _) = bytes.get(head..).unwrap_or_default().as_chunks();
        Ok(Self(
            list.iter()
                .map(|raw| HmacId::from_raw(u16::from_ne_bytes(*raw)))
                .collect(),
        ))
    }
}

impl WriteOption for HmacIdent {
    fn write(&self, socket: &Socket) -> io::Result<()> {
        let numbers = self
            .0
            .iter()
            .map(|id| known(id.to_raw()))
            .collect::<io::Result<Vec<u16>>>()?;
        let head = sctp_hmacalgo {
            shmac_number_of_idents: count(numbers.len())?.into(),
        };
        set_with_list(socket, Self::NAME, &head, numbers.as_bytes())
    }
}
