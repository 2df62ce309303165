//! ioctl(2), and interfaces' names in its requests.
#![allow(unsafe_code)]

use std::io;
use std::os::fd::{AsRawFd, BorrowedFd};

use super::abi::{IFNAMSIZ, Ifreq};

/// Calls ioctl(2) with a request whose argument is a `T`.
pub(super) fn ioctl<T: Copy>(on: BorrowedFd<'_>, request: u64, argument: &mut T) -> io::Result<()> {
    debug_assert_eq!(
        usize::try_from((request >> 16) & 0x1fff).ok(),
        Some(size_of::<T>()),
        "the request names the length of its argument"
    );
    // SAFETY: the kernel reads and writes as many bytes as the request says,
    // which is the size of a `T`.
    let result = unsafe { libc::ioctl(on.as_raw_fd(), request, std::ptr::from_mut(argument)) };
    if result < 0 {
        return Err(io::Error::last_os_error());
    }
    Ok(())
}

/// An interface's name as requests have it. Every interface of the lab has a
/// name that fits.
pub(super) fn name(interface: &str) -> [u8; IFNAMSIZ] {
    let mut name = [0; IFNAMSIZ];
    let length = interface.len().min(IFNAMSIZ - 1);
    name[..length].copy_from_slice(&interface.as_bytes()[..length]);
    name
}

/// A request about an interface, with the first bytes of its value.
pub(super) fn ifreq(interface: &str, value: &[u8]) -> Ifreq {
    let mut request = Ifreq {
        name: name(interface),
        value: [0; 16],
    };
    request.value[..value.len()].copy_from_slice(value);
    request
}
