//! Judges a recording: assertions and computed bounds.
//!
//! A pure function of a scenario and a recording, so that it can be done
//! again later and elsewhere.

mod cause;
mod chunks;
mod delivery;
mod expectation;
mod fault;
mod judge;
mod limit;
mod nearest;
mod notifications;
mod timeline;
mod verdict;

pub use judge::judge;
pub use verdict::{Judgement, Result, Verdict};
