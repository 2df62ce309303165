//! Registration with tokio's reactor, which trusts that the descriptor it is
//! given stays the same one.

#![allow(unsafe_code)]

use std::io;

use tokio::io::unix::AsyncFd;

use crate::Socket;

/// Hands the socket to the reactor of the current runtime.
pub(crate) fn register(socket: Socket) -> io::Result<AsyncFd<Socket>> {
    // SAFETY: `Socket` owns its descriptor, gives it out by reference only,
    // always returns the same one, and closes it when dropped and not before.
    unsafe { AsyncFd::register(socket) }.map_err(io::Error::from)
}
