//! `SCTP_AUTH_CHUNK`: a chunk type that the peer must authenticate.

use std::io;

use super::access::{named_option, set};
use super::{SocketOption, WriteOption};
use crate::Socket;
use crate::sys::sctp_authchunk;

/// Adds a chunk type that is accepted from the peer only if it is authenticated (RFC 4895
/// section 3.2, RFC 6458 section 8.3.2; Linux: `sctp_setsockopt_auth_chunk`). For writing
/// only. Applies to future associations. The chunk types so far are in
/// [`LocalAuthChunks`](super::LocalAuthChunks).
///
/// # Errors
/// `EINVAL` for INIT, INIT ACK, SHUTDOWN COMPLETE and AUTH, which cannot be
/// authenticated; `EACCES` where the endpoint does not support AUTH.
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
