//! The `uml` engine: a kernel that is an ordinary process of this machine (User Mode
//! Linux), in virtual time.
//!
//! Each run boots its own kernel, which takes some hundredths of a second. So no run leaves
//! anything to another. The kernel's init is the lab's own program ([`inside`]). The
//! kernel's root is this machine's root, read-only. The job and its answer are files in a
//! [folder](folder) of the run.
//!
//! Time stands still while code runs (`time-travel=inf-cpu`). When every process of the
//! guest sleeps, the clock jumps to the next timer. So a run depends neither on the speed
//! of the host nor on the build of the lab.
//!
//! Properties of the host are hidden from the kernel. Its command line and environment are
//! the same in every run. A [filter](sealed) refuses it the host's random numbers, so that
//! the seed alone determines the guest's. A [fence](fence) lets it write into the folder of
//! its run, into the folder of its memory (/dev/shm), and into no other file of the host.

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
