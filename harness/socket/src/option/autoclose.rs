//! `SCTP_AUTOCLOSE`: shuts idle associations down.

use std::io;
use std::time::Duration;

use super::access::{get, named_option, set};
use super::time::to_seconds;
use super::{ReadOption, SocketOption, WriteOption};
use crate::Socket;

/// Associations without user data for this time are shut down (RFC 6458 section 8.1.8;
/// Linux: `sctp_setsockopt_autoclose`). One-to-many sockets only.
///
/// In whole seconds. Zero, the default, means never.
///
/// # Errors
/// `EOPNOTSUPP` on Linux for a one-to-one socket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Autoclose(pub Duration);

named_option!(Autoclose, SCTP_AUTOCLOSE);

impl ReadOption for Autoclose {
    type Of = ();

    fn read(socket: &Socket, (): ()) -> io::Result<Self> {
        let seconds = get(socket, Self::NAME, 0u32)?;
        Ok(Self(Duration::from_secs(seconds.into())))
    }
}

impl WriteOption for Autoclose {
    fn write(&self, socket: &Socket) -> io::Result<()> {
        set(socket, Self::NAME, &to_seconds(self.0)?)
    }
}
