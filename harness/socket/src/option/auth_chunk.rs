//! `SCTP_AUTH_CHUNK`: a type of chunk that must be signed.

use std::io;

use super::access::{named_option, set};
use super::{SocketOption, WriteOption};
use crate::Socket;
use crate::sys::sctp_authchunk;

/// One more type of chunk that is taken from the peer only when an AUTH chunk
/// before it is right (RFC 4895 section 3.2, RFC 6458 section 8.3.2; Linux:
/// `sctp_setsockopt_auth_chunk`). For writing only; concerns associations to
/// come. What is asked for so far is in
/// [`LocalAuthChunks`](super::LocalAuthChunks).
///
/// # Errors
/// `EINVAL` for INIT, INIT ACK, SHUTDOWN COMPLETE and AUTH, which cannot be
/// signed; `EACCES` where the endpoint does not speak AUTH.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AuthChunk(pub u8);

named_option!(AuthChunk, SCTP_AUTH_CHUNK);

impl WriteOption for AuthChunk {
    fn write(&self, socket: &Socket) -> io::Result<()> {
        let raw = sctp_authchunk {
            sauth_chunk: self.0,
        };
        set(socket, Self::NAME, &raw)
    }
}
