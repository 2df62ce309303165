//! `sctp_bindx` and related functions on Linux, which implements them as socket options
//! (`net/sctp/socket.c`). In C, libsctp wraps these options.

#![allow(unsafe_code)]

use std::io;
use std::os::fd::{AsRawFd, BorrowedFd, FromRawFd, OwnedFd};

use libc::{c_int, c_void, socklen_t};
use zerocopy::IntoBytes;

use crate::sys::call;
use crate::sys::linux::{self, sctp_assoc_t, sctp_getaddrs};

/// Adds addresses to a bound socket; `addresses` are concatenated `sockaddr`s.
pub(crate) fn bindx_add(fd: BorrowedFd<'_>, addresses: &[u8]) -> io::Result<()> {
    call::setsockopt(
        fd,
        libc::IPPROTO_SCTP,
        linux::SCTP_SOCKOPT_BINDX_ADD,
        addresses,
    )
}

/// Removes addresses from a bound socket.
pub(crate) fn bindx_remove(fd: BorrowedFd<'_>, addresses: &[u8]) -> io::Result<()> {
    call::setsockopt(
        fd,
        libc::IPPROTO_SCTP,
        linux::SCTP_SOCKOPT_BINDX_REM,
        addresses,
    )
}

/// `struct sctp_getaddrs_old`: the header's name for the argument of `CONNECTX3`.
#[repr(C)]
struct ConnectX {
    assoc_id: sctp_assoc_t,
    address_bytes: c_int,
    addresses: *const c_void,
}

/// Starts setting up an association with the peer that has all these addresses. On a
/// nonblocking socket the kernel returns `EINPROGRESS`, and the identifier nevertheless.
pub(crate) fn connectx(
    fd: BorrowedFd<'_>,
    addresses: &[u8],
    _count: usize,
) -> io::Result<sctp_assoc_t> {
    let mut request = ConnectX {
        assoc_id: 0,
        address_bytes: c_int::try_from(addresses.len()).map_err(io::Error::other)?,
        addresses: addresses.as_ptr().cast::<c_void>(),
    };
    let mut length = size_of::<ConnectX>() as socklen_t;
    // SAFETY: the request outlives the call and points at `addresses` with its
    // length; the kernel reads both and writes the identifier over the
    // request's first bytes.
    let result = unsafe {
        libc::getsockopt(
            fd.as_raw_fd(),
            libc::IPPROTO_SCTP,
            linux::SCTP_SOCKOPT_CONNECTX3,
            (&raw mut request).cast::<c_void>(),
            &raw mut length,
        )
    };
    if result < 0 {
        let error = io::Error::last_os_error();
        if error.raw_os_error() != Some(libc::EINPROGRESS) {
            return Err(error);
        }
    }
    Ok(request.assoc_id)
}

/// `sctp_peeloff_flags_arg_t`.
#[derive(zerocopy::FromBytes, zerocopy::IntoBytes, zerocopy::Immutable)]
#[repr(C)]
struct PeelOff {
    assoc_id: sctp_assoc_t,
    sd: c_int,
    flags: u32,
}

/// Moves one association to a new socket, which is nonblocking and closed on exec like
/// every other.
pub(crate) fn peeloff(fd: BorrowedFd<'_>, assoc_id: sctp_assoc_t) -> io::Result<OwnedFd> {
    let mut request = PeelOff {
        assoc_id,
        sd: -1,
        flags: (libc::SOCK_NONBLOCK | libc::SOCK_CLOEXEC).cast_unsigned(),
    };
    call::getsockopt(
        fd,
        libc::IPPROTO_SCTP,
        linux::SCTP_SOCKOPT_PEELOFF_FLAGS,
        request.as_mut_bytes(),
    )?;
    // SAFETY: the kernel made this descriptor for us just now; nobody else
    // knows it.
    Ok(unsafe { OwnedFd::from_raw_fd(request.sd) })
}

/// The peer's addresses, as concatenated `sockaddr`s.
pub(crate) fn peer_addresses(fd: BorrowedFd<'_>, assoc_id: sctp_assoc_t) -> io::Result<Vec<u8>> {
    addresses(fd, linux::SCTP_GET_PEER_ADDRS, assoc_id)
}

/// The association's own addresses, as concatenated `sockaddr`s.
pub(crate) fn local_addresses(fd: BorrowedFd<'_>, assoc_id: sctp_assoc_t) -> io::Result<Vec<u8>> {
    addresses(fd, linux::SCTP_GET_LOCAL_ADDRS, assoc_id)
}

fn addresses(fd: BorrowedFd<'_>, number: c_int, assoc_id: sctp_assoc_t) -> io::Result<Vec<u8>> {
    const LARGEST: usize = 1 << 20;
    let header = sctp_getaddrs {
        assoc_id,
        addr_num: 0,
    };
    let mut size = 4096;
    loop {
        let mut bytes = vec![0; size];
        bytes[..size_of::<sctp_getaddrs>()].copy_from_slice(header.as_bytes());
        match call::getsockopt(fd, libc::IPPROTO_SCTP, number, &mut bytes) {
            // The kernel returns ENOMEM if the room is too small, but not the size that
            // would suffice.
            Err(error) if error.raw_os_error() == Some(libc::ENOMEM) && size < LARGEST => {
                size *= 2;
            }
            Err(error) => return Err(error),
            // The returned length counts the header for one option and not for the other.
            // The zeros after the last address end the list as well.
            Ok(_) => return Ok(bytes.split_off(size_of::<sctp_getaddrs>())),
        }
    }
}
