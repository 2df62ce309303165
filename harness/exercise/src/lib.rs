//! Exercises: questions to a learner about a run.
//!
//! A [`Sheet`] is a run's ladder reduced to plain lines, so small that the lab contains the
//! sheets of the course. [`cut`] makes a [`Question`] of a sheet and an exercise of the
//! scenario: every right answer comes from a run, and none is written by hand. A question
//! marks answers. [`green`] is for the one kind of exercise that is answered by a file: a
//! scenario that a learner mends. [`Learner`] is the stored progress of a learner.

mod cut;
pub mod green;
mod learner;
mod needed;
mod question;
mod sheet;

pub use cut::{CutError, agree, cut};
pub use learner::{Learner, LearnerError};
pub use question::{Number, Picture, Question};
pub use sheet::{Chunk, Line, Packet, Sheet, What};
