//! `sctp_bindx` and related functions on FreeBSD, where libc has them
//! (`lib/libc/net/sctp_sys_calls.c`).

#![allow(unsafe_code)]

use std::io;
use std::os::fd::{AsRawFd, BorrowedFd, FromRawFd, OwnedFd};

use libc::c_int;
use zerocopy::IntoBytes;

use crate::sys::address;
use crate::sys::call;
use crate::sys::freebsd::{self, sctp_assoc_t};

/// Adds addresses to a bound socket; `addresses` are concatenated `sockaddr`s.
pub(crate) fn bindx_add(fd: BorrowedFd<'_>, addresses: &[u8]) -> io::Result<()> {
    bindx(fd, addresses, freebsd::SCTP_BINDX_ADD_ADDR)
}

/// Removes addresses from a bound socket.
pub(crate) fn bindx_remove(fd: BorrowedFd<'_>, addresses: &[u8]) -> io::Result<()> {
    bindx(fd, addresses, freebsd::SCTP_BINDX_REM_ADDR)
}

fn bindx(fd: BorrowedFd<'_>, addresses: &[u8], operation: c_int) -> io::Result<()> {
    let count = c_int::try_from(address::decode_list(addresses).len()).map_err(io::Error::other)?;
    // libc writes the port into the addresses that it is given.
    let mut copy = addresses.to_vec();
    // SAFETY: `copy` holds exactly `count` addresses end to end, and is ours
    // for the whole call.
    let result =
        unsafe { libc::sctp_bindx(fd.as_raw_fd(), copy.as_mut_ptr().cast(), count, operation) };
    checked(result).map(drop)
}

/// Starts setting up an association with the peer that has all these addresses.
pub(crate) fn connectx(
    fd: BorrowedFd<'_>,
    addresses: &[u8],
    count: usize,
) -> io::Result<sctp_assoc_t> {
    let count = c_int::try_from(count).map_err(io::Error::other)?;
    let mut assoc_id: sctp_assoc_t = 0;
    // SAFETY: `addresses` holds exactly `count` addresses end to end, and libc
    // copies them before it changes anything.
    let result = unsafe {
        libc::sctp_connectx(
            fd.as_raw_fd(),
            addresses.as_ptr().cast(),
            count,
            &raw mut assoc_id,
        )
    };
    match checked(result) {
        Err(error) if error.raw_os_error() == Some(libc::EINPROGRESS) => Ok(assoc_id),
        Err(error) => Err(error),
        Ok(_) => Ok(assoc_id),
    }
}

/// Moves one association to a new socket.
pub(crate) fn peeloff(fd: BorrowedFd<'_>, assoc_id: sctp_assoc_t) -> io::Result<OwnedFd> {
    // SAFETY: no memory is passed.
    let raw = checked(unsafe { libc::sctp_peeloff(fd.as_raw_fd(), assoc_id) })?;
    // SAFETY: the kernel made this descriptor for us just now.
    let peeled = unsafe { OwnedFd::from_raw_fd(raw) };
    let socket = socket2::SockRef::from(&peeled);
    socket.set_cloexec(true)?;
    socket.set_nonblocking(true)?;
    Ok(peeled)
}

/// The peer's addresses, as concatenated `sockaddr`s.
pub(crate) fn peer_addresses(fd: BorrowedFd<'_>, assoc_id: sctp_assoc_t) -> io::Result<Vec<u8>> {
    addresses(
        fd,
        freebsd::SCTP_GET_REMOTE_ADDR_SIZE,
        freebsd::SCTP_GET_PEER_ADDRESSES,
        assoc_id,
    )
}

/// The association's own addresses, as concatenated `sockaddr`s.
pub(crate) fn local_addresses(fd: BorrowedFd<'_>, assoc_id: sctp_assoc_t) -> io::Result<Vec<u8>> {
    addresses(
        fd,
        freebsd::SCTP_GET_LOCAL_ADDR_SIZE,
        freebsd::SCTP_GET_LOCAL_ADDRESSES,
        assoc_id,
    )
}

fn addresses(
    fd: BorrowedFd<'_>,
    size_option: c_int,
    option: c_int,
    assoc_id: sctp_assoc_t,
) -> io::Result<Vec<u8>> {
    // The argument is an association and the result a size, in the same bytes.
    let mut size = assoc_id;
    call::getsockopt(fd, libc::IPPROTO_SCTP, size_option, size.as_mut_bytes())?;
    let header = size_of::<sctp_assoc_t>();
    let mut bytes = vec![0; header + size as usize];
    bytes[..header].copy_from_slice(assoc_id.as_bytes());
    let length = call::getsockopt(fd, libc::IPPROTO_SCTP, option, &mut bytes)?;
    bytes.truncate(length);
    Ok(bytes.split_off(header.min(length)))
}

fn checked(result: c_int) -> io::Result<c_int> {
    if result < 0 {
        return Err(io::Error::last_os_error());
    }
    Ok(result)
}
