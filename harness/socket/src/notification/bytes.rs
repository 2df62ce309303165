//! Decoding that all notifications share.

use zerocopy::{FromBytes, Immutable, KnownLayout};

/// The fixed part of a notification, and the bytes after it.
pub(super) fn split<T: FromBytes + Immutable + KnownLayout>(bytes: &[u8]) -> Option<(T, &[u8])> {
    T::read_from_prefix(bytes).ok()
}

/// A list of 16-bit numbers in host byte order.
pub(super) fn numbers(bytes: &[u8]) -> Vec<u16> {
    let (pairs, _) = bytes.as_chunks();
    pairs.iter().map(|pair| u16::from_ne_bytes(*pair)).collect()
}

/// An error cause. Linux passes it on in network byte order, FreeBSD in host byte order.
#[cfg(target_os = "linux")]
pub(super) fn error_cause(raw: u16) -> u16 {
    u16::from_be(raw)
}

/// An error cause. Linux passes it on in network byte order, FreeBSD in host byte order.
#[cfg(target_os = "freebsd")]
pub(super) fn error_cause(raw: u16) -> u16 {
    raw
}

/// An error cause in a field of 32 bits: the kernel widens the two bytes without
/// converting their byte order (Linux: `sctp_ulpevent_make_send_failed`).
pub(super) fn wide_error_cause(raw: u32) -> u32 {
    u16::try_from(raw).map_or(raw, |cause| error_cause(cause).into())
}
