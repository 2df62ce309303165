//! FreeBSD: `netinet/sctp.h` and `netinet/sctp_uio.h`.
//!
//! Names, order and widths are those of the headers. What FreeBSD lacks of
//! Linux's definitions is absent here. Padding is written out.

mod constants;
mod structs;

#[cfg(target_os = "freebsd")]
pub(crate) mod multihoming;

pub use constants::*;
pub use structs::*;
