//! Reads and writes socket options.

use std::io;
use std::os::fd::AsFd;

use zerocopy::{FromBytes, Immutable, IntoBytes};

use crate::Socket;
use crate::sys::call;

/// An option's name and its number on each system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OptionName {
    /// The name in the header.
    pub name: &'static str,
    /// Option number on Linux; `None` where Linux has no such option.
    pub linux: Option<i32>,
    /// Option number on FreeBSD; `None` where FreeBSD has no such option.
    pub freebsd: Option<i32>,
}

impl OptionName {
    /// Option number on this system.
    ///
    /// # Errors
    /// `ENOPROTOOPT`, which the kernel itself would return, if there is none.
    pub fn number(self) -> io::Result<i32> {
        let number = if cfg!(target_os = "linux") {
            self.linux
        } else {
            self.freebsd
        };
        number.ok_or_else(|| io::Error::from_raw_os_error(libc::ENOPROTOOPT))
    }
}

/// An option.
pub trait SocketOption {
    /// Name and numbers of the option.
    const NAME: OptionName;
}

/// An option that can be read.
pub trait ReadOption: SocketOption + Sized {
    /// The object of the option: `()` for the socket, an [`AssocId`](crate::AssocId), a
    /// [`Path`](crate::option::Path).
    type Of;

    /// Reads the option. Called by [`Socket::get`].
    fn read(socket: &Socket, of: Self::Of) -> io::Result<Self>;
}

/// An option that can be written.
pub trait WriteOption: SocketOption {
    /// Writes the option. Called by [`Socket::set`].
    fn write(&self, socket: &Socket) -> io::Result<()>;
}

/// Reads a structure whose first fields select the object.
pub(super) fn get<T: FromBytes + IntoBytes>(
    socket: &Socket,
    name: OptionName,
    mut question: T,
) -> io::Result<T> {
    call::getsockopt(
        socket.as_fd(),
        libc::IPPROTO_SCTP,
        name.number()?,
        question.as_mut_bytes(),
    )?;
    Ok(question)
}

/// Reads all bytes of the option, up to `most`. Their first fields select the object.
pub(super) fn get_bytes(
    socket: &Socket,
    name: OptionName,
    question: &[u8],
    most: usize,
) -> io::Result<Vec<u8>> {
    let mut bytes = question.to_vec();
    bytes.resize(most.max(question.len()), 0);
    let length = call::getsockopt(
        socket.as_fd(),
        libc::IPPROTO_SCTP,
        name.number()?,
        &mut bytes,
    )?;
    bytes.truncate(length);
    Ok(bytes)
}

/// Writes a structure followed by a list.
pub(super) fn set_with_list<T, I>(
    socket: &Socket,
    name: OptionName,
    head: &T,
    list: &[I],
) -> io::Result<()>
where
    T: IntoBytes + Immutable,
    I: IntoBytes + Immutable,
{
    let mut bytes = head.as_bytes().to_vec();
    bytes.extend_from_slice(list.as_bytes());
    call::setsockopt(socket.as_fd(), libc::IPPROTO_SCTP, name.number()?, &bytes)
}

/// The length of a list in the width of its structure's counter.
pub(super) fn count(length: usize) -> io::Result<u16> {
    u16::try_from(length).map_err(|_| {
        io::Error::new(
            io::ErrorKind::InvalidInput,
            "the list is longer than the option can hold",
        )
    })
}

/// Refuses a value without a number on this system with the kernel's error for unknown
/// values.
pub(super) fn known<T>(number: Option<T>) -> io::Result<T> {
    number.ok_or_else(|| io::Error::from_raw_os_error(libc::EINVAL))
}

/// Writes a structure.
pub(super) fn set<T: IntoBytes + Immutable>(
    socket: &Socket,
    name: OptionName,
    value: &T,
) -> io::Result<()> {
    call::setsockopt(
        socket.as_fd(),
        libc::IPPROTO_SCTP,
        name.number()?,
        value.as_bytes(),
    )
}

/// Implements [`SocketOption`] for `$option`, with numbers for one system or both.
macro_rules! named_option {
    ($option:ty, $constant:ident) => {
        $crate::option::access::named_option!(
            $option,
            $constant,
            Some($crate::sys::linux::$constant),
            Some($crate::sys::freebsd::$constant)
        );
    };
    ($option:ty, $constant:ident, linux only) => {
        $crate::option::access::named_option!(
            $option,
            $constant,
            Some($crate::sys::linux::$constant),
            None
        );
    };
    ($option:ty, $constant:ident, freebsd only) => {
        $crate::option::access::named_option!(
            $option,
            $constant,
            None,
            Some($crate::sys::freebsd::$constant)
        );
    };
    ($option:ty, $constant:ident, $linux:expr, $freebsd:expr) => {
        impl $crate::option::SocketOption for $option {
            const NAME: $crate::option::OptionName = $crate::option::OptionName {
                name: stringify!($constant),
                linux: $linux,
                freebsd: $freebsd,
            };
        }
    };
}

pub(super) use named_option;
