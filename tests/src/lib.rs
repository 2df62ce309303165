//! Helpers that the tests of the whole lab share.

mod cache;
mod call;
mod course;
mod exact;
mod figures;
mod findings;
mod flow;
mod lab;
mod load;
mod need;
mod pinned;

pub use cache::{FreshCache, kernel};
pub use call::Call;
pub use course::{Lesson, course, lesson, lessons_in, repository};
pub use exact::{assert_exact, has_exact};
pub use figures::{Figures, runs, told};
pub use findings::{assert_findings, assert_findings_at, capture_of, diagnosed};
pub use flow::assert_flow;
pub use lab::{Lab, Ran, Wanted};
pub use load::Load;
pub use need::Need;
pub use pinned::assert_reason;
pub use trials::is_required;
