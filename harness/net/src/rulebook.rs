//! Rules in the fabric: finds the rule that decides about a frame, and counts.
//!
//! The table is ordered. The first rule that matches a frame, and acts on this match,
//! decides; the later rules do not see the frame. A frame on which no rule acts passes.

mod barrier;
mod count;
mod fault;
mod frame;
mod held;
mod matching;
mod table;

pub use count::{RuleCount, RuleId};
pub use fault::Fault;

pub(crate) use barrier::Barriers;
pub(crate) use frame::Frame;
pub(crate) use held::Held;
pub(crate) use table::{Departure, RuleTable, When};
