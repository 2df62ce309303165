//! The definitions of both systems' headers, and the calls that need `unsafe`. Everything
//! above this module is safe code.
//!
//! [`linux`] and [`freebsd`] are compiled everywhere, so that both can be read and tested
//! on either system. The definitions of the running system are re-exported here.

pub(crate) mod address;
pub(crate) mod call;
pub mod freebsd;
pub mod layout;
pub mod linux;
#[cfg(feature = "tokio")]
pub(crate) mod reactor;

#[cfg(target_os = "freebsd")]
pub use freebsd::*;
#[cfg(target_os = "linux")]
pub use linux::*;

#[cfg(not(any(target_os = "linux", target_os = "freebsd")))]
compile_error!("SCTP's definitions are known for Linux and FreeBSD only");
#[cfg(not(target_pointer_width = "64"))]
compile_error!("the structures are laid out for 64-bit systems only");
