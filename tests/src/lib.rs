//! What the tests of the whole lab share.

mod course;
mod flow;
mod lab;
mod need;

pub use course::{Lesson, course, lesson, repository};
pub use flow::assert_flow;
pub use lab::{Lab, Ran, Wanted};
pub use need::{Need, is_required};
