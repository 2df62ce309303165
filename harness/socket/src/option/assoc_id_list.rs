//! `SCTP_GET_ASSOC_ID_LIST`: the associations of a socket.

use std::io;

use super::access::{get_bytes, named_option};
use super::{AssocNumber, ReadOption, SocketOption};
use crate::sys::sctp_assoc_t;
use crate::{AssocId, Socket};

/// The associations of a one-to-many socket (RFC 6458 section 8.2.6; Linux:
/// `sctp_getsockopt_assoc_ids`). For reading only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssocIdList(pub Vec<AssocId>);

named_option!(AssocIdList, SCTP_GET_ASSOC_ID_LIST);

impl ReadOption for AssocIdList {
    type Of = ();

    fn read(socket: &Socket, (): ()) -> io::Result<Self> {
        // Room for associations that come up between the two calls.
        let AssocNumber(expected) = socket.get(())?;
        let most = 4 + 4 * (expected as usize + 64);
        let bytes = get_bytes(socket, Self::NAME, &[], most)?;
        let Some((number, ids)) = bytes.split_first_chunk() else {
            return Ok(Self(Vec::new()));
        };
        let (ids, _) = ids.as_chunks();
        Ok(Self(
            ids.iter()
                .take(u32::from_ne_bytes(*number) as usize)
                .map(|raw| AssocId::from_raw(sctp_assoc_t::from_ne_bytes(*raw)))
                .collect(),
        ))
    }
}
