//! Inside the emulated machine of the `vm` engine: the lab's binary is its init.
//!
//! The binary is started twice as process 1. The kernel first starts it as [`stage0`],
//! which prepares the machine and asks the host to save it. When this machine is resumed,
//! once for each build of the lab, stage 0 takes the lab's program out of the mailbox and
//! executes it. That program calls [`job`], which asks the host to save the machine
//! again. Every run resumes the second saved machine.

pub(crate) mod job;
mod memory;
mod modules;
mod perform;
mod ports;
pub(crate) mod random;
mod stage0;
pub(crate) mod warm;

use crate::init::STAGE0_ARGUMENT;

pub use job::{Session, job};
pub use perform::perform;
pub(crate) use perform::{Host, perform_for};
pub use stage0::stage0;

/// The role of this process, if it is process 1 of the lab's own guest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Started by the kernel: call [`stage0`].
    Stage0,
    /// Started by stage 0 when it is resumed: call [`job`].
    Job,
    /// Started by the kernel of the `uml` engine: call
    /// [`uml::inside`](crate::uml::inside).
    Uml,
}

/// The argument with which the kernel of the `uml` engine starts the lab.
pub(crate) const UML_ARGUMENT: &str = "uml-guest";

const JOB_ARGUMENT: &str = "guest";

impl Role {
    /// The role of this process; `None` outside of the lab's own guests. To be called
    /// before the command line is parsed.
    pub fn of_this_process() -> Option<Self> {
        if std::process::id() != 1 {
            return None;
        }
        match std::env::args().nth(1)?.as_str() {
            STAGE0_ARGUMENT => Some(Self::Stage0),
            JOB_ARGUMENT => Some(Self::Job),
            UML_ARGUMENT => Some(Self::Uml),
            _ => None,
        }
    }
}
