//! `SCTP_FRAGMENT_INTERLEAVE`: whether pieces of different messages may alternate.

use std::io;

use super::access::{get, named_option, set};
use super::{ReadOption, SocketOption, WriteOption};
use crate::Socket;

/// Whether pieces of partially delivered messages may alternate (RFC 6458 section 8.1.20;
/// Linux: `sctp_setsockopt_fragment_interleave`, which knows 0 and 1).
///
/// 0: not at all; 1: between associations; 2: between streams, too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FragmentInterleave(pub u32);

named_option!(FragmentInterleave, SCTP_FRAGMENT_INTERLEAVE);

impl ReadOption for FragmentInterleave {
    type Of = ();

    fn read(socket: &Socket, (): ()) -> io::Result<Self> {
        get(socket, Self::NAME, 0u32).map(Self)
    }
}

impl WriteOption for FragmentInterleave {
    fn write(&self, socket: &Socket) -> io::Result<()> {
        set(socket, Self::NAME, &self.0)
    }
}
