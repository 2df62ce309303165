//! The fault of a frame: the rule that acted on it, and what the rule did.

use std::fmt;
use std::sync::Arc;

use rules::Action;

/// The fault of a frame: what the fabric did beside passing it on unchanged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Name of the rule. For a frame that was dropped by a full queue, the name is `queue
    /// of LINK is full`.
    pub rule: Arc<str>,
    /// Action of the rule.
    pub action: Action,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} by `{}`", self.action.done(), self.rule)
    }
}
