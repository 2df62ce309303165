//! The course: the order of the lessons in `scenarios/`.
//!
//! [`UNITS`] alone defines the order. `sctp-lab list` and `explain`, the report and
//! `docs/course.md` follow it.
//!
//! [`rfc9260`] has the demands of each sentence of the RFC, and the scenarios and
//! conformance cases that show them.

pub mod rfc9260;
mod unit;
mod units;

pub use unit::{Level, Next, Place, Unit, next, place, rank};
pub use units::UNITS;
