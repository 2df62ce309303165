//! Runs other programs with limits on time and output.
//!
//! A program that the lab starts may hang, print for ever, or leave other programs
//! running. [`run`] gives the program a time limit and ends it with its children. [`Lines`]
//! and [`Tail`] limit the output that is kept, and escape it for a terminal. [`tie`] ends
//! the program with the lab. An [`Interrupt`] tells all parts of a run to stop.

mod group;
mod interrupt;
mod lines;
mod parent;
mod run;
mod tail;

pub use group::{TimeLimit, end, end_after, kill_group, on_end, watch};
pub use interrupt::{Held, Interrupt};
pub use lines::Lines;
pub use parent::tie;
pub use run::{Output, RunError, run};
pub use tail::Tail;
