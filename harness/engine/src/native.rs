//! The `native` engine: this machine's own kernel.

mod kind;
mod within;

#[cfg(target_os = "freebsd")]
mod freebsd;
#[cfg(target_os = "linux")]
mod linux;

#[cfg(target_os = "freebsd")]
pub use freebsd::{Missing, probe};
pub use kind::Native;
#[cfg(target_os = "linux")]
pub use linux::{Missing, probe};
pub(crate) use within::perform;
