//! What a rule does with a frame.

use std::num::{NonZeroU8, NonZeroU32};
use std::time::Duration;

use wire::edit::{Patch, Setting};

/// What a rule does with a frame.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Action {
    /// Let it through: an exception to the rules after this one.
    Pass,
    /// Take it. Its sender does not notice.
    Drop,
    /// Let it through so much later; frames that are sent meanwhile overtake it.
    Delay(Duration),
    /// Let it through, and copies of it.
    Duplicate {
        /// How many, besides the frame itself.
        copies: NonZeroU32,
        /// The time from one to the next; none if zero.
        gap: Duration,
    },
    /// Hold it until so many frames have passed that were sent later, the same
    /// way over the same link. When the rule is removed, it goes on at once.
    Reorder {
        /// How many.
        behind: NonZeroU32,
    },
    /// Let it through with flipped bits, so that its checksum is wrong. A rule
    /// that does this fits SCTP packets only.
    Corrupt(Corruption),
    /// Let it through with other values in its fields. A rule that does this
    /// fits SCTP packets only.
    Rewrite(Rewriting),
    /// Let it through, and send a copy to another link's end, as it is: the
    /// node there sees it, but is not the one that it is addressed to.
    Mirror {
        /// The other link.
        link: String,
        /// The node at whose end the copy arrives.
        node: String,
    },
}

/// Bits to be flipped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Corruption {
    /// In which byte of the SCTP packet, counted from 0 with its common header;
    /// the last one if not given, or if the packet is shorter.
    pub at: Option<usize>,
    /// Which bits of it.
    pub bits: NonZeroU8,
}

/// Values to be written into fields, and bytes to be changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rewriting {
    /// The fields and their values. Those of a chunk are set in the first chunk
    /// that the rule is about; what a packet has no place for is left out.
    pub settings: Vec<Setting>,
    /// Bytes that are changed, in that chunk or the packet; where not all of the place is
    /// there, none of it is.
    pub patches: Vec<Patch>,
    /// Whether the checksum is left as it was, so that it is wrong then.
    pub keep_checksum: bool,
}

impl Action {
    /// What was done, as in "dropped by `cut path-a`".
    pub(crate) fn done(&self) -> String {
        match self {
            Self::Pass => "passed".to_owned(),
            Self::Drop => "dropped".to_owned(),
            Self::Delay(time) => format!("delayed {time:?}"),
            Self::Duplicate { copies, .. } if *copies == NonZeroU32::MIN => "doubled".to_owned(),
            Self::Duplicate { copies, .. } => format!("copied {copies} times"),
            Self::Reorder { behind } => format!("put behind the next {behind}"),
            Self::Corrupt(_) => "corrupted".to_owned(),
            Self::Rewrite(_) => "rewritten".to_owned(),
            Self::Mirror { node, .. } => format!("mirrored to {node}"),
        }
    }

    /// Whether it changes bytes of an SCTP packet.
    pub(super) fn alters(&self) -> bool {
        matches!(self, Self::Corrupt(_) | Self::Rewrite(_))
    }
}
