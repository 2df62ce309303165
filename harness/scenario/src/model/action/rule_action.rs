use std::fmt;
use std::net::IpAddr;
use std::num::{NonZeroU8, NonZeroU32};
use std::time::Duration;

use wire::edit::{Patch, Setting};

use super::super::words::spoken;
use super::super::{LinkName, NodeName};

/// Action of a rule on a frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RuleAction {
    /// Forward the frame; later rules do not see it.
    Pass,
    /// Drop the frame.
    Drop,
    /// Forward the frame after this delay.
    Delay(Duration),
    /// Forward the frame, and copies of it.
    Duplicate {
        /// Number of copies beside the frame itself.
        copies: NonZeroU32,
        /// Time between the copies.
        gap: Duration,
    },
    /// Hold the frame until this many later frames have passed in the same direction.
    Reorder {
        /// Number of frames.
        behind: NonZeroU32,
    },
    /// Forward the frame with flipped bits and its old checksum.
    Corrupt {
        /// Offset of the byte in the SCTP packet, from 0; `None` is the last byte.
        at: Option<usize>,
        /// The bits of that byte.
        bits: NonZeroU8,
    },
    /// Forward the frame with other values in its fields, or other bytes.
    Rewrite {
        /// The fields and their values.
        settings: Vec<Setting>,
        /// Bytes to be changed.
        patches: Vec<Patch>,
        /// The source address afterwards; `None` is the old one.
        source: Option<IpAddr>,
        /// The destination address afterwards; `None` is the old one.
        destination: Option<IpAddr>,
        /// Whether the old checksum is kept.
        keep_checksum: bool,
    },
    /// Forward the frame, and send a copy to an end of another link.
    Mirror {
        /// The other link.
        link: LinkName,
        /// The node at which the copy arrives.
        node: NodeName,
    },
}

impl RuleAction {
    /// The longest time for which the rule may hold a frame back; `None` if that depends
    /// on other frames.
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

/// The rest of the words after verb and frames, beginning with a blank.
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
                source,
                destination,
                keep_checksum,
            } => {
                let settings = settings.iter().map(ToString::to_string);
                let addresses = [("source", source), ("destination", destination)];
                let addresses = addresses.into_iter().filter_map(|(name, address)| {
                    let address = (*address)?;
                    Some(format!("{name} {address}"))
                });
                let all: Vec<_> = settings
                    .chain(patches.iter().map(ToString::to_string))
                    .chain(addresses)
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
