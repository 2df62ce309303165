//! What was seen on the network.

use std::fmt;
use std::sync::Arc;

use crate::layout::Mac;
use crate::rules::{Action, RuleCount};

/// Everything that went over the links from [`Network::build`] to
/// [`Network::finish`].
///
/// [`Network::build`]: crate::Network::build
/// [`Network::finish`]: crate::Network::finish
#[derive(Clone, Debug)]
pub struct FrameRecord {
    /// Every node's interfaces, in the plan's order of links and their ends.
    pub interfaces: Vec<Interface>,
    /// Every frame at every interface that it passed, in order of time; at one
    /// and the same nanosecond, in order of the interfaces.
    pub records: Vec<SeenFrame>,
    /// What every rule did that ever was in the table, in order of their making.
    pub rules: Vec<RuleCount>,
}

/// One interface of one node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interface {
    /// The node that has it.
    pub node: Arc<str>,
    /// The link that is plugged in.
    pub link: Arc<str>,
    /// What the node's kernel calls it. That is the link's name where an
    /// interface may have it: up to 15 letters, digits, `-`, `_`. Otherwise it
    /// is a short form: the first nine of those, `~`, and the link's number in
    /// the plan, from 0.
    pub name: String,
    /// Its hardware address.
    pub mac: Mac,
}

/// One frame at one interface.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenFrame {
    /// When, in nanoseconds of `CLOCK_MONOTONIC`, by the kernel's own stamp.
    pub at: u64,
    /// The node that sent or received it.
    pub node: Arc<str>,
    /// The link that it went over.
    pub link: Arc<str>,
    /// Whether the node sent or received it.
    pub way: Way,
    /// The whole frame, from its Ethernet header on.
    pub bytes: Vec<u8>,
    /// What the fabric did with it. Only a frame that was sent can have a fault:
    /// one that was received had come through.
    pub fault: Option<Fault>,
}

/// The way of a frame through an interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// Into the node: received.
    In,
    /// Out of the node: sent.
    Out,
}

/// What the fabric did with a frame, besides passing it on as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The rule that decided. A frame that found a link's queue full has the
    /// name `queue of LINK is full`.
    pub rule: Arc<str>,
    /// What was done.
    pub action: Action,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} by `{}`", self.action.done(), self.rule)
    }
}

/// A capture that does not hold all that happened, and why.
#[derive(Debug)]
pub struct IncompleteRecord {
    /// What there is, in the same order as ever.
    pub capture: FrameRecord,
    /// What is missing; never empty.
    pub losses: Vec<Loss>,
}

impl fmt::Display for IncompleteRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the network lost frames that no rule took: ")?;
        for (n, loss) in self.losses.iter().enumerate() {
            if n > 0 {
                f.write_str("; ")?;
            }
            write!(f, "{loss}")?;
        }
        Ok(())
    }
}

impl std::error::Error for IncompleteRecord {}

/// Frames that were lost or mangled where no scenario wanted it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Loss {
    /// Frames came faster than the fabric took them on.
    #[error("{frames} frames overran the fabric")]
    Fabric {
        /// How many.
        frames: u32,
    },
    /// Frames came faster than they were put on record.
    #[error("{frames} received frames of node `{node}` overran the capture")]
    Recording {
        /// The node that received them.
        node: Arc<str>,
        /// How many.
        frames: u32,
    },
    /// Frames got lost in a cable, on the way into the fabric or out of it.
    #[error("the kernel lost {frames} frames of link `{link}` at node `{node}`")]
    Cable {
        /// The link.
        link: Arc<str>,
        /// The node whose cable it is.
        node: Arc<str>,
        /// How many.
        frames: u64,
    },
    /// The kernel did not take a frame on.
    #[error("link `{link}` refused {frames} frames, the first with: {first}")]
    Refused {
        /// The link.
        link: Arc<str>,
        /// How many.
        frames: u32,
        /// What the kernel said to the first.
        first: std::io::Error,
    },
    /// A frame was longer than its link's MTU allows.
    #[error("{frames} frames on link `{link}` were longer than its mtu and were cut short")]
    Oversized {
        /// The link.
        link: Arc<str>,
        /// How many.
        frames: u32,
    },
    /// Frames could not be read at all.
    #[error("cannot read captured frames: {0}")]
    Unread(std::io::Error),
}
