//! Waiting for the kernel without polling it.
#![allow(unsafe_code)]

use std::io;
use std::os::fd::AsRawFd;

use tokio::io::unix::AsyncFd;

/// A socket that is the only owner of its descriptor, and keeps it open and the
/// same for as long as it lives.
pub(crate) trait OwnsDescriptor: AsRawFd {}

/// Has the runtime watch a non-blocking socket.
pub(crate) fn watch<T: OwnsDescriptor>(socket: T) -> io::Result<AsyncFd<T>> {
    // SAFETY: `OwnsDescriptor` promises what is asked for: that the descriptor
    // outlives the watch.
    unsafe { AsyncFd::register(socket) }.map_err(|error| error.into_parts().1)
}
