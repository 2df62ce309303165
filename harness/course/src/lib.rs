//! The course: in which order the scenarios of `scenarios/` are learnt.
//!
//! [`UNITS`] is the one place that says so. `sctp-lab list` and `explain`, the
//! report and `docs/course.md` follow it.

mod unit;
mod units;

pub use unit::{Level, Next, Place, Unit, next, place, rank};
pub use units::UNITS;
