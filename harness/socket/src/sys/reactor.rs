//! Registers sockets with tokio's reactor, which relies on the descriptor staying the
//! same.

#![allow(unsafe_code)]

use std::io;

use tokio::io::unix::AsyncFd;

use crate::Socket;

/// Registers the socket with the reactor of the current runtime.
pub(crate) fn register(socket: Socket) -> io::Result<AsyncFd<Socket>> {
    // SAFETY: `Socket` owns its descriptor, gives it out by reference only,
    // always returns the same one, and closes it when dropped and not before.
    unsafe { AsyncFd::register(socket) }.map_err(io::Error::from)
}
