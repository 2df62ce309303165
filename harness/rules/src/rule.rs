//! A whole rule: condition, time and action.

use std::fmt;

use super::words::spoken;
use super::{Action, Match, Nth, Window};

/// A rule: its condition and its action. `Display` gives the rule in words, without its
/// name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
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

impl Rule {
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

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (verb, what) = (self.action.verb(), self.frames.what());
        match self.nth {
            Nth::Every => write!(f, "{verb} every {what}")?,
            Nth::Only(n) => write!(f, "{verb} {what} number {n}")?,
            Nth::EachNth(n) => write!(f, "{verb} one {what} in {n}")?,
            Nth::First(n) => write!(f, "{verb} {n} × {what}")?,
            Nth::From(n) => write!(f, "{verb} every {what} from number {n} on")?,
            Nth::Between(first, last) => write!(f, "{verb} {what} number {first} to {last}")?,
        }
        self.frames.fmt(f)?;
        self.action.fmt(f)?;
        if !self.window.after.is_zero() {
            write!(f, ", {} from now", spoken(self.window.after))?;
        }
        match self.window.lasts {
            Some(lasts) => write!(f, ", for {}", spoken(lasts)),
            None => Ok(()),
        }
    }
}
