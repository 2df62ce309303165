use std::fmt;
use std::num::NonZeroU64;
use std::time::Duration;

use super::super::StepName;
use super::super::words::spoken;
use super::{RuleAction, RuleMatch};

/// Adds a rule to the fabric, after the existing rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddRule {
    /// Name of the rule in [`RemoveRule`](super::RemoveRule) and in the recording.
    pub name: StepName,
    /// The frames that the rule matches.
    pub frames: RuleMatch,
    /// Time from this step until the rule is in force.
    pub after: Duration,
    /// Duration; `None` is until the end, or until the rule is removed.
    pub lasts: Option<Duration>,
    /// The matching frames on which the rule acts.
    pub nth: Nth,
    /// Action on these frames.
    pub action: RuleAction,
}

/// The matching frames on which a rule acts, counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nth {
    /// All frames.
    Every,
    /// Only the frame with this number.
    Only(NonZeroU64),
    /// The frames whose number is a multiple of this.
    EachNth(NonZeroU64),
    /// The first frames, this many.
    First(NonZeroU64),
    /// The frame with this number and all later ones.
    From(NonZeroU64),
    /// The frames from the first number to the second, both included.
    Between(NonZeroU64, NonZeroU64),
}

impl fmt::Display for AddRule {
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
        if !self.after.is_zero() {
            write!(f, ", {} from now", spoken(self.after))?;
        }
        match self.lasts {
            Some(lasts) => write!(f, ", for {}", spoken(lasts)),
            None => Ok(()),
        }
    }
}
