use std::fmt;
use std::num::NonZeroU64;
use std::time::Duration;

use super::super::StepName;
use super::super::words::spoken;
use super::{RuleAction, RuleMatch};

/// Puts a rule into the fabric, after those that are there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddRule {
    /// What [`RemoveRule`](super::RemoveRule) calls it, and what the recording shows.
    pub name: StepName,
    /// Which frames it is about.
    pub frames: RuleMatch,
    /// How long after this step it is in force.
    pub after: Duration,
    /// For how long then; `None` is to the end, or until it is removed.
    pub lasts: Option<Duration>,
    /// Which of the frames that match so far.
    pub nth: Nth,
    /// What becomes of them.
    pub action: RuleAction,
}

/// Which of the frames that match a rule it takes, counting from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nth {
    /// All of them.
    Every,
    /// Only the nth.
    Only(NonZeroU64),
    /// Every nth.
    EachNth(NonZeroU64),
    /// The first n.
    First(NonZeroU64),
    /// The nth and all after it.
    From(NonZeroU64),
    /// From one to another, both included.
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
