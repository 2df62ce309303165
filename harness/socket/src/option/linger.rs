//! `SO_LINGER`: what closing does with data that is still to be sent.

use std::io;
use std::time::Duration;

use super::access::named_option;
use super::{ReadOption, WriteOption};
use crate::Socket;

/// What closing does (RFC 6458 section 8.1.4).
///
/// `None`: the association is shut down gracefully behind the program's back.
/// `Some` of zero: it is aborted, with ABORT on the wire. `Some` of more:
/// closing waits up to so many seconds for the shutdown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Linger(pub Option<Duration>);

named_option!(Linger, SO_LINGER);

impl ReadOption for Linger {
    type Of = ();

    fn read(socket: &Socket, (): ()) -> io::Result<Self> {
        socket.socket2().linger().map(Self)
    }
}

impl WriteOption for Linger {
    fn write(&self, socket: &Socket) -> io::Result<()> {
        socket.socket2().set_linger(self.0)
    }
}
