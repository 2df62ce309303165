//! The course: in which order the scenarios of `scenarios/` are learnt.
//!
//! [`UNITS`] is the one place that says so. `sctp-lab list` and `explain`, the
//! report and `docs/course.md` follow it.
//!
//! [`rfc9260`] has what each sentence of the RFC demands, and which of the scenarios and
//! conformance cases shows it.

pub mod rfc9260;
mod unit;
mod units;

pub use unit::{Level, Next, Place, Unit, next, place, rank};
pub use units::UNITS;
