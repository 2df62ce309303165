//! `SCTP_PEER_AUTH_CHUNKS`, `SCTP_LOCAL_AUTH_CHUNKS`: the chunk types that must be
//! authenticated.

use std::io;

use zerocopy::IntoBytes;

use super::access::{get_bytes, named_option};
use super::{OptionName, ReadOption, SocketOption};
use crate::sys::sctp_authchunks;
use crate::{AssocId, Socket};

/// The chunk types that the peer requires to be authenticated (RFC 6458 section 8.2.3;
/// Linux: `sctp_getsockopt_peer_auth_chunks`). For reading only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeerAuthChunks(pub Vec<u8>);

/// The chunk types that this side requires to be authenticated (RFC 6458 section 8.2.4;
/// Linux: `sctp_getsockopt_local_auth_chunks`). For reading only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocalAuthChunks(pub Vec<u8>);

named_option!(PeerAuthChunks, SCTP_PEER_AUTH_CHUNKS);
named_option!(LocalAuthChunks, SCTP_LOCAL_AUTH_CHUNKS);

impl ReadOption for PeerAuthChunks {
    type Of = AssocId;

    fn read(socket: &Socket, of: AssocId) -> io::Result<Self> {
        read(socket, Self::NAME, of).map(Self)
    }
}

impl ReadOption for LocalAuthChunks {
    type Of = AssocId;

    fn read(socket: &Socket, of: AssocId) -> io::Result<Self> {
        read(socket, Self::NAME, of).map(Self)
    }
}

fn read(socket: &Socket, name: OptionName, of: AssocId) -> io::Result<Vec<u8>> {
    let question = sctp_authchunks {
        gauth_assoc_id: of.to_raw(),
        gauth_number_of_chunks: 0,
    };
    let head = size_of::<sctp_authchunks>();
    // There are 256 chunk types.
    let bytes = get_bytes(socket, name, question.as_bytes(), head + 256)?;
    let number = bytes.get(4..8).and_then(<[u8]>::first_chunk).copied();
    let number = number.map_or(0, u32::from_ne_bytes) as usize;
    let list = bytes.get(head..).unwrap_or_default();
    Ok(list.iter().take(number).copied().collect())
}
