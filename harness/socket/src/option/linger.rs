//! `SO_LINGER`: how closing treats unsent data.

use std::io;
use std::time::Duration;

use super::access::named_option;
use super::{ReadOption, WriteOption};
use crate::Socket;

/// How closing ends the association (RFC 6458 section 8.1.4).
///
/// `None`: closing returns at once, and the kernel shuts the association down gracefully.
/// `Some` of zero: the association is aborted with an ABORT chunk. `Some` of more:
/// closing waits for the shutdown, at most for this time. The kernel counts whole seconds.
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
