//! Linux: `include/uapi/linux/sctp.h`.
//!
//! Names, order and widths are those of the header; where Linux departs from
//! RFC 6458 in a name, the RFC's stands here. Padding is written out.

mod constants;
mod structs;

#[cfg(target_os = "linux")]
pub(crate) mod multihoming;

pub use constants::*;
pub use structs::*;
