use std::fmt;
use std::num::{NonZeroU8, NonZeroU32};
use std::time::Duration;

use wire::edit::{Patch, Setting};

use super::super::words::spoken;
use super::super::{LinkName, NodeName};

/// What a rule does with a frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RuleAction {
    /// Forward it; later rules do not see it.
    Pass,
    /// Swallow it.
    Drop,
    /// Forward it so much later.
    Delay(Duration),
    /// Forward it, and copies of it.
    Duplicate {
        /// How many, besides the frame itself.
        copies: NonZeroU32,
        /// The time from one to the next.
        gap: Duration,
    },
    /// Forward it when so many later ones have gone the same way.
    Reorder {
        /// How many.
        behind: NonZeroU32,
    },
    /// Forward it with flipped bits and the checksum of what it was.
    Corrupt {
        /// In which byte of the SCTP packet, from 0; `None` is the last.
        at: Option<usize>,
        /// Which bits of it.
        bits: NonZeroU8,
    },
    /// Forward it with other values in its fields, or other bytes.
    Rewrite {
        /// The fields and their values.
        settings: Vec<Setting>,
        /// Bytes that are changed.
        patches: Vec<Patch>,
        /// Whether the checksum stays that of what it was.
        keep_checksum: bool,
    },
    /// Forward it, and a copy to another link's end.
    Mirror {
        /// The other link.
        link: LinkName,
        /// The node that the copy arrives at.
        node: NodeName,
    },
}

impl RuleAction {
    /// The longest that it may hold a frame back; `None` if that depends on
    /// other frames.
    #[must_use]
    pub fn delay(&self) -> Option<Duration> {
        match self {
            RuleAction::Delay(time) => Some(*time),
            RuleAction::Duplicate { copies, gap } => Some(gap.saturating_mul(copies.get())),
            RuleAction::Reorder { .. } => None,
            _ => Some(Duration::ZERO),
        }
    }

    pub(super) fn verb(&self) -> &'static str {
        match self {
            RuleAction::Pass => "pass",
            RuleAction::Drop => "drop",
            RuleAction::Delay(_) => "delay",
            RuleAction::Duplicate { .. } => "duplicate",
            RuleAction::Reorder { .. } => "put",
            RuleAction::Corrupt { .. } => "corrupt",
            RuleAction::Rewrite { .. } => "rewrite",
            RuleAction::Mirror { .. } => "mirror",
        }
    }
}

/// What follows the verb and the frames, with a blank in front.
impl fmt::Display for RuleAction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RuleAction::Pass | RuleAction::Drop | RuleAction::Corrupt { .. } => Ok(()),
            RuleAction::Delay(time) => write!(f, " by {}", spoken(*time)),
            RuleAction::Duplicate { copies, gap } => {
                if copies.get() > 1 {
                    write!(f, " {copies} times")?;
                }
                if !gap.is_zero() {
                    write!(f, " after {}", spoken(*gap))?;
                }
                Ok(())
            }
            RuleAction::Reorder { behind } => write!(f, " behind the next {behind}"),
            RuleAction::Rewrite {
                settings,
                patches,
                keep_checksum,
            } => {
                let settings = settings.iter().map(ToString::to_string);
                let all: Vec<_> = settings
                    .chain(patches.iter().map(ToString::to_string))
                    .collect();
                write!(f, ": {}", all.join(", "))?;
                if *keep_checksum {
                    f.write_str(", checksum kept")?;
                }
                Ok(())
            }
            RuleAction::Mirror { link, node } => write!(f, " to {node} on {link}"),
        }
    }
}
