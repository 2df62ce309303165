//! Specifications of rules, and their counts.

use super::{Action, Match, Nth, Window};

/// A rule: its condition and its action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleSpec {
    /// Name of the rule in the recording.
    pub name: String,
    /// The frames that the rule matches.
    pub frames: Match,
    /// The time in which the rule is in force. Frames outside of it are not counted.
    pub window: Window,
    /// The matching frames on which the rule acts.
    pub nth: Nth,
    /// Action on these frames.
    pub action: Action,
}

impl RuleSpec {
    /// A rule with this action on every frame.
    #[must_use]
    pub fn new(name: impl Into<String>, action: Action) -> Self {
        Self {
            name: name.into(),
            frames: Match::default(),
            window: Window::default(),
            nth: Nth::Every,
            action,
        }
    }
}

/// Identity of a rule, valid as long as its network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleId(pub(super) u64);

/// Counts of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleCount {
    /// Identity of the rule.
    pub id: RuleId,
    /// The rule.
    pub spec: RuleSpec,
    /// Number of frames that matched, of those on which no earlier rule acted.
    pub matched: u64,
    /// Number of frames on which the rule acted.
    pub taken: u64,
}
