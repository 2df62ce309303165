//! Registers sockets with the runtime, to wait for the kernel without polling.
#![allow(unsafe_code)]

use std::io;
use std::os::fd::AsRawFd;

use tokio::io::unix::AsyncFd;

/// A socket that is the only owner of its descriptor, and keeps the same descriptor open
/// as long as it lives.
pub(crate) trait OwnsDescriptor: AsRawFd {}

/// Registers a non-blocking socket with the runtime.
pub(crate) fn watch<T: OwnsDescriptor>(socket: T) -> io::Result<AsyncFd<T>> {
    // SAFETY: `OwnsDescriptor` promises what is asked for: that the descriptor
    // outlives the watch.
    unsafe { AsyncFd::register(socket) }.map_err(|error| error.into_parts().1)
}
