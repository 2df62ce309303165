//! Rules of the fabric: which frames they match, and what they do with them.
//!
//! The table is ordered. The first rule that matches a frame, and acts on this match,
//! decides; the later rules do not see the frame. A frame on which no rule acts passes.

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
