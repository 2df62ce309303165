//! Where a scenario runs: on this kernel (`native`), inside a stock kernel under
//! QEMU in virtual time (`vm`), or on another machine over ssh (`box`).
//!
//! The `vm` engine boots a kernel once, saves the booted machine and resumes
//! the saved machine for every run. [`vm`] is the host's side of that,
//! `guest` the side inside the emulated machine, and the mailbox is the one
//! piece of memory that both can see.

mod answer;
#[cfg(target_os = "linux")]
pub mod guest;
mod init;
mod mailbox;
pub mod native;
mod progress;
pub mod remote;
mod request;
mod stop;
pub mod vm;

pub use progress::Progress;
pub use request::{Onlooker, Request, RequestError};
pub use stop::Stop;
