//! The `uml` engine: a kernel that is an ordinary process of this machine (User Mode
//! Linux), in virtual time.
//!
//! Each run boots a kernel of its own, which takes some hundredths of a second, and so
//! nothing of one run is left in another. The kernel's init is the lab's own program
//! ([`inside`]); the kernel's root is this machine's, which it may only read; the job
//! and its answer are files of a [folder](folder) of the run's own.
//!
//! Time stands still while code runs (`time-travel=inf-cpu`): when every process of the
//! guest sleeps, the clock jumps to the next timer. So nothing of a run hangs on how fast
//! the host is, nor on how the lab was built.
//!
//! What the kernel could learn of the host is kept from it: its command line and
//! environment are the same in every run, and a [filter](sealed) refuses it the host's
//! random numbers, so that the seed alone decides on the guest's. It may write into the
//! folder of its run and into no other [file](fence) of the host.

mod build;
mod complaint;
mod counts;
mod error;
mod fence;
mod folder;
mod guest;
mod job;
mod kernel;
mod kind;
mod run;
mod sealed;
mod spawn;
mod spinner;

pub use build::{Instruments, Source, build, of_tree, remove};
pub use error::UmlError;
pub use guest::inside;
pub use kernel::{Shelved, UmlKernel, counting, shelved};
pub use kind::Uml;
