//! Other programs, bounded.
//!
//! A program that the lab starts may hang, print for ever, or leave others
//! running. [`run`] gives it a limit and ends all of it; [`Lines`] and [`Tail`]
//! take no more of its words than anybody reads, and nothing in them reaches a
//! terminal as it is; [`tie`] lets nothing outlive the lab.

mod group;
mod interrupt;
mod lines;
mod parent;
mod run;
mod tail;

pub use group::{Leash, end, end_after, kill_group, on_end, watch};
pub use interrupt::{Held, Interrupt};
pub use lines::Lines;
pub use parent::tie;
pub use run::{Output, RunError, run};
pub use tail::Tail;
