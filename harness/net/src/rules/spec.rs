//! A rule in its owner's words, and what it did.

use super::{Action, Match, Nth, Window};

/// A rule: which frames it is about and what it does with them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleSpec {
    /// What the recording calls it.
    pub name: String,
    /// The frames that it is about.
    pub frames: Match,
    /// When it is about them. Frames outside of it are not counted.
    pub window: Window,
    /// Which of those it acts on.
    pub nth: Nth,
    /// What it does with them.
    pub action: Action,
}

impl RuleSpec {
    /// A rule that does `action` with every frame.
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

/// A rule's identity, for as long as its network lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleId(pub(super) u64);

/// What a rule did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleCount {
    /// Which rule.
    pub id: RuleId,
    /// The rule.
    pub spec: RuleSpec,
    /// How many frames fitted it, of those that no rule before it decided on.
    pub matched: u64,
    /// On how many of them it acted.
    pub taken: u64,
}
