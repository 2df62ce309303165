//! The host's side of the `vm` engine: a stock kernel under QEMU, in virtual time.
//!
//! [`Provision`] finds or gets QEMU and a kernel. [`Machine::prepare`] boots the kernel
//! once and saves the machine. For each build of the lab, [`Machine::load`] resumes this
//! machine, loads the program into it and saves a second machine. [`Loaded::run`] resumes
//! the second machine for every run. [`Killer`](crate::Killer) stops a run early.

pub(crate) mod apt;
mod boot;
pub(crate) mod cache;
mod clock;
pub(crate) mod cpu;
pub(crate) mod deadline;
mod elf;
pub(crate) mod error;
pub(crate) mod guest_program;
mod initrd;
mod kernel;
mod kind;
mod kmodule;
mod letter;
mod lines;
mod loaded;
mod machine;
mod owner;
pub(crate) mod path;
mod perform;
mod priority;
mod probe;
mod provision;
mod qemu;
mod qmp;
mod resume;
mod run;
mod running;
mod saved;
mod sparse;
pub(crate) mod spawn;
pub(crate) mod stamp;
mod stock;

pub use cache::{Cache, Discarded};
pub use error::VmError;
pub use kernel::Kernel;
pub use kind::Emulated;
pub use loaded::Loaded;
pub use machine::Machine;
pub use probe::{Parts, probe};
pub use provision::Provision;
pub use qemu::Qemu;
pub use run::{Ending, Job, Outcome, Run};
pub use stock::{Stock, fetch, remove_stock, stock};
