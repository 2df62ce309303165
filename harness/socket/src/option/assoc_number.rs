//! `SCTP_GET_ASSOC_NUMBER`: the number of associations.

use std::io;

use super::access::{get, named_option};
use super::{ReadOption, SocketOption};
use crate::Socket;

/// Number of associations of a one-to-many socket (RFC 6458 section 8.2.5; Linux:
/// `sctp_getsockopt_assoc_number`). For reading only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AssocNumber(pub u32);

named_option!(AssocNumber, SCTP_GET_ASSOC_NUMBER);

impl ReadOption for AssocNumber {
    type Of = ();

    fn read(socket: &Socket, (): ()) -> io::Result<Self> {
        get(socket, Self::NAME, 0u32).map(Self)
    }
}
