//! The four system calls that socket2 does not offer in the form that SCTP needs: reading
//! and writing options as bytes, and messages with ancillary data and SCTP's own flags.

#![allow(unsafe_code)]
#![allow(
    clippy::unnecessary_cast,
    reason = "lengths have other widths on FreeBSD"
)]

use std::io::{self, IoSlice};
use std::os::fd::{AsRawFd, BorrowedFd};

use libc::{c_int, c_void, iovec, msghdr, socklen_t};

/// Reads an option in place, since an SCTP option has its object (an association, an
/// address) in the same bytes as the result. Returns the length of the result.
pub(crate) fn getsockopt(
    fd: BorrowedFd<'_>,
    level: c_int,
    number: c_int,
    value: &mut [u8],
) -> io::Result<usize> {
    let mut length = socklen_t::try_from(value.len()).map_err(io::Error::other)?;
    // SAFETY: pointer and length describe `value`, which is borrowed mutably
    // for the whole call.
    let result = unsafe {
        libc::getsockopt(
            fd.as_raw_fd(),
            level,
            number,
            value.as_mut_ptr().cast::<c_void>(),
            &raw mut length,
        )
    };
    checked(result as isize)?;
    Ok(length as usize)
}

/// Writes an option.
pub(crate) fn setsockopt(
    fd: BorrowedFd<'_>,
    level: c_int,
    number: c_int,
    value: &[u8],
) -> io::Result<()> {
    let length = socklen_t::try_from(value.len()).map_err(io::Error::other)?;
    // SAFETY: pointer and length describe `value`, which the kernel only reads.
    let result = unsafe {
        libc::setsockopt(
            fd.as_raw_fd(),
            level,
            number,
            value.as_ptr().cast::<c_void>(),
            length,
        )
    };
    checked(result as isize).map(drop)
}

/// Sends one message. An empty `address` or `control` is not passed.
pub(crate) fn sendmsg(
    fd: BorrowedFd<'_>,
    address: &[u8],
    payload: &[IoSlice<'_>],
    control: &[u8],
    flags: c_int,
) -> io::Result<usize> {
    let mut header = empty_header();
    if !address.is_empty() {
        header.msg_name = address.as_ptr().cast_mut().cast::<c_void>();
        header.msg_namelen = socklen_t::try_from(address.len()).map_err(io::Error::other)?;
    }
    header.msg_iov = payload.as_ptr().cast_mut().cast::<iovec>();
    header.msg_iovlen = payload.len() as _;
    if !control.is_empty() {
        header.msg_control = control.as_ptr().cast_mut().cast::<c_void>();
        header.msg_controllen = control.len() as _;
    }
    // SAFETY: every pointer in `header` describes a slice that outlives the
    // call, `IoSlice` is guaranteed to be laid out as `iovec`, and sendmsg
    // reads all of them and writes none.
    checked(unsafe { libc::sendmsg(fd.as_raw_fd(), &raw const header, flags) })
}

/// The lengths and flags of a received message.
pub(crate) struct Arrived {
    /// Bytes of payload.
    pub(crate) length: usize,
    /// Bytes of address.
    pub(crate) address: usize,
    /// Bytes of ancillary data.
    pub(crate) control: usize,
    /// `msg_flags`.
    pub(crate) flags: c_int,
}

/// Receives one message or a piece of one.
pub(crate) fn recvmsg(
    fd: BorrowedFd<'_>,
    payload: &mut [u8],
    address: &mut [u8],
    control: &mut [u8],
) -> io::Result<Arrived> {
    let mut vector = iovec {
        iov_base: payload.as_mut_ptr().cast::<c_void>(),
        iov_len: payload.len(),
    };
    let mut header = empty_header();
    header.msg_name = address.as_mut_ptr().cast::<c_void>();
    header.msg_namelen = socklen_t::try_from(address.len()).map_err(io::Error::other)?;
    header.msg_iov = &raw mut vector;
    header.msg_iovlen = 1;
    header.msg_control = control.as_mut_ptr().cast::<c_void>();
    header.msg_controllen = control.len() as _;
    // SAFETY: every pointer in `header` describes memory that is borrowed
    // mutably, with its length, for the whole call.
    let length = checked(unsafe { libc::recvmsg(fd.as_raw_fd(), &raw mut header, 0) })?;
    Ok(Arrived {
        length,
        address: (header.msg_namelen as usize).min(address.len()),
        control: (header.msg_controllen as usize).min(control.len()),
        flags: header.msg_flags,
    })
}

fn empty_header() -> msghdr {
    // SAFETY: `msghdr` is integers and pointers, for which zero is valid.
    unsafe { std::mem::zeroed() }
}

fn checked(result: isize) -> io::Result<usize> {
    usize::try_from(result).map_err(|_| io::Error::last_os_error())
}
