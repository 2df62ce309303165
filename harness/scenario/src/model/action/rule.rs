use std::fmt;
use std::num::NonZeroU64;

use wire::ChunkType;

use super::super::{LinkName, NodeName, StepName};

/// Puts a rule into the fabric, after those that are there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddRule {
    /// What [`RemoveRule`](super::RemoveRule) calls it, and what the recording shows.
    pub name: StepName,
    /// Only frames on this link.
    pub on: Option<LinkName>,
    /// Only frames from this node.
    pub from: Option<NodeName>,
    /// Only packets that carry a chunk of this type, bundled or alone.
    pub chunk: Option<ChunkType>,
    /// Which of the frames that match so far.
    pub nth: Nth,
    /// What becomes of them.
    pub verdict: RuleVerdict,
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
}

/// What a rule does with a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleVerdict {
    /// Forward it; later rules do not see it.
    Pass,
    /// Swallow it.
    Drop,
}

impl fmt::Display for AddRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let verdict = match self.verdict {
            RuleVerdict::Pass => "pass",
            RuleVerdict::Drop => "drop",
        };
        let what = self
            .chunk
            .map_or("frame".to_owned(), |kind| kind.to_string());
        match self.nth {
            Nth::Every => write!(f, "{verdict} every {what}")?,
            Nth::Only(n) => write!(f, "{verdict} {what} number {n}")?,
            Nth::EachNth(n) => write!(f, "{verdict} one {what} in {n}")?,
            Nth::First(n) => write!(f, "{verdict} {n} × {what}")?,
        }
        if let Some(node) = &self.from {
            write!(f, " from {node}")?;
        }
        if let Some(link) = &self.on {
            write!(f, " on {link}")?;
        }
        Ok(())
    }
}
