//! The executor: carries out the steps of a scenario on sockets, network and rules, and
//! collects the recording.
//!
//! There is one executor for all engines. The executor runs in a single thread, on whatever
//! clock the kernel has: real in the `native` engine, virtual in the `vm` engine. Steps
//! never sleep to let something settle. They wait for the event, or, where no event tells
//! of a change, look at a program's sockets again and again. Only after the last step the
//! executor sleeps for as long as a frame can be on its way.

mod capability;
mod clock;
mod endpoint;
mod error;
mod execute;
mod executor;
mod journal;
mod lateness;
mod live;
mod names;
mod peer;
mod plan;
mod program;
mod remote;
mod samples;
mod seen;
mod settling;
mod stack;
mod step;
mod step_error;
mod steps;
mod tick;

pub use error::RunError;
pub use execute::{Options, execute};
pub use program::ProgramFile;
pub use remote::{Elsewhere, Known, Meeting, NotMet, settings};
pub use settling::Settle;
pub use stack::StackFile;
