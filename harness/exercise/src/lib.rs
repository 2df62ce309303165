//! Exercises: questions to a learner about a run.
//!
//! A [`Sheet`] is what is left of a run's ladder: plain lines, so small that those of the
//! course are inside the lab. [`cut`] makes a [`Question`] of a sheet and of what the
//! scenario asks; so no answer is written by hand, and none can be untrue. A question
//! marks answers. [`green`] is for the one kind that is answered by a file: a scenario
//! that a learner mends. [`Learner`] is what is kept of a learner's place.

mod cut;
pub mod green;
mod learner;
mod question;
mod sheet;

pub use cut::{CutError, agree, cut};
pub use learner::{Learner, LearnerError};
pub use question::{Number, Picture, Question};
pub use sheet::{Chunk, Line, Packet, Sheet, What};
