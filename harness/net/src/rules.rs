//! What the fabric does with frames, and with which.
//!
//! The table is ordered: the first rule that fits a frame and whose turn it is
//! decides, and the rest do not see the frame. A frame that no rule decides on
//! passes.

mod action;
mod barrier;
mod matching;
mod nth;
mod spec;
mod table;

pub use action::Action;
pub use matching::Match;
pub use nth::Nth;
pub use spec::{RuleCount, RuleId, RuleSpec};

pub(crate) use barrier::Barriers;
pub(crate) use matching::Frame;
pub(crate) use table::RuleTable;
