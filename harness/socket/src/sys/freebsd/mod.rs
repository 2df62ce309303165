//! FreeBSD: `netinet/sctp.h` and `netinet/sctp_uio.h`.
//!
//! Names, order and widths are those of the headers. Definitions of Linux that FreeBSD
//! lacks are absent here. Padding is explicit.

mod constants;
mod structs;

#[cfg(target_os = "freebsd")]
pub(crate) mod multihoming;

pub use constants::*;
pub use structs::*;
