//! Judges a recording: assertions and computed bounds.
//!
//! A pure function of a scenario and a recording, so that it can be done
//! again later and elsewhere.

mod calls;
mod capture;
mod cause;
mod chunks;
mod counters;
mod delivery;
mod echoes;
mod expectation;
mod fault;
mod followed;
mod intervals;
mod judge;
mod limit;
mod messages;
mod nearest;
mod notifications;
mod number;
mod observed;
mod paths;
mod place;
mod sequence;
mod timeline;
mod verdict;

pub use capture::judge as judge_capture;
pub use judge::judge;
pub use number::{Amount, Number};
pub use verdict::{Judgement, Result, Skip, Verdict};
