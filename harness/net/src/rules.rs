//! What the fabric does with frames, and with which.
//!
//! The table is ordered: the first rule that fits a frame and whose turn it is
//! decides, and the rest do not see the frame. A frame that no rule decides on
//! passes.

mod action;
mod alter;
mod barrier;
mod frame;
mod held;
mod matching;
mod nth;
mod spec;
mod table;
mod treatment;
mod window;

pub use action::{Action, Corruption, Rewriting};
pub use matching::{Match, Protocol};
pub use nth::Nth;
pub use spec::{RuleCount, RuleId, RuleSpec};
pub use window::Window;

pub(crate) use barrier::Barriers;
pub(crate) use frame::Frame;
pub(crate) use held::Held;
pub(crate) use table::RuleTable;
pub(crate) use treatment::{Departure, When};
