//! Judges a recording by the assertions of its scenario and by computed bounds.
//!
//! The verdict is a pure function of scenario and recording. So a recording can be judged
//! again later and elsewhere.

mod assertion;
mod bound;
mod capture;
mod case;
mod cause;
mod expectation;
mod finding;
mod judge;
mod life;
mod measure;
mod message;
mod nearest;
mod number;
mod observed;
mod place;
mod proof;
mod slack;
mod timeline;
mod verdict;

pub use capture::judge as judge_capture;
pub use judge::judge;
pub use measure::measure;
pub use number::{Amount, Number, nearest_rank};
pub use proof::{Proof, fails_as_known, proof};
pub use verdict::{Judgement, Result, Skip, Verdict};
