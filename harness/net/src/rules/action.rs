//! Actions of rules on frames.

use std::net::IpAddr;
use std::num::{NonZeroU8, NonZeroU32};
use std::time::Duration;

use wire::edit::{Patch, Setting};

/// Action of a rule on a frame.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Action {
    /// Let the frame pass: an exception to later rules.
    Pass,
    /// Drop the frame. Its sender does not notice.
    Drop,
    /// Delay the frame; later frames overtake it.
    Delay(Duration),
    /// Let the frame pass, and send copies of it.
    Duplicate {
        /// Number of copies beside the frame itself.
        copies: NonZeroU32,
        /// Time between the copies, which may be zero.
        gap: Duration,
    },
    /// Hold the frame until this number of later frames of the same link and direction
    /// have passed. When the rule is removed, the frame is released at once.
    Reorder {
        /// Number of frames.
        behind: NonZeroU32,
    },
    /// Let the frame pass with flipped bits, so that its checksum is wrong. A rule with
    /// this action matches SCTP packets only.
    Corrupt(Corruption),
    /// Let the frame pass with changed fields. A rule with this action matches SCTP
    /// packets only.
    Rewrite(Rewriting),
    /// Let the frame pass, and send an unchanged copy to an end of another link. The node
    /// there sees a frame that is not addressed to it.
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
    /// Offset of the byte in the SCTP packet, from 0 with the common header. By default,
    /// and if the packet is shorter, the last byte.
    pub at: Option<usize>,
    /// The bits of that byte.
    pub bits: NonZeroU8,
}

/// Fields to be set, bytes to be changed, and addresses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rewriting {
    /// Fields and their values. Fields of a chunk are set in the first chunk that matches
    /// the rule. A field that the packet does not have is left out.
    pub settings: Vec<Setting>,
    /// Bytes to be changed in that chunk or in the packet. If the packet lacks a part of
    /// the place, no byte of it is changed.
    pub patches: Vec<Patch>,
    /// The source address of the IP header afterwards. A packet of the other family keeps
    /// its addresses.
    pub source: Option<IpAddr>,
    /// The destination address of the IP header afterwards.
    pub destination: Option<IpAddr>,
    /// Whether the checksum is kept, so that it becomes wrong.
    pub keep_checksum: bool,
}

impl Action {
    /// The action in words, as in "dropped by `cut path-a`".
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

    /// Whether the action changes bytes of an SCTP packet.
    pub(super) fn alters(&self) -> bool {
        matches!(self, Self::Corrupt(_) | Self::Rewrite(_))
    }
}
