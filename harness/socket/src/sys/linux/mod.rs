//! Linux: `include/uapi/linux/sctp.h`.
//!
//! Order and widths are those of the header, and so are the names, except where the name
//! in RFC 6458 differs: the RFC's is used then. Padding is explicit.

mod constants;
mod structs;

#[cfg(target_os = "linux")]
pub(crate) mod multihoming;

pub use constants::*;
pub use structs::*;
