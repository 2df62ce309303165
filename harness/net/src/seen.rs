//! The record of all frames on the network.

use std::fmt;
use std::sync::Arc;

use crate::layout::Mac;
use crate::rulebook::{Fault, RuleCount};

/// All frames on the links from [`Network::build`] to [`Network::finish`].
///
/// [`Network::build`]: crate::Network::build
/// [`Network::finish`]: crate::Network::finish
#[derive(Clone, Debug)]
pub struct FrameRecord {
    /// Every node's interfaces, in the plan's order of links and their ends.
    pub interfaces: Vec<Interface>,
    /// Every frame at every interface that it passed, in order of time; at the same
    /// nanosecond, in order of the interfaces.
    pub records: Vec<SeenFrame>,
    /// The counts of all rules that were ever in the table, in the order of their
    /// creation.
    pub rules: Vec<RuleCount>,
}

/// An interface of a node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interface {
    /// The node of the interface.
    pub node: Arc<str>,
    /// The link of the interface.
    pub link: Arc<str>,
    /// Name of the interface in the node's kernel. It is the link's name if that is a
    /// valid interface name: up to 15 letters, digits, `-`, `_`. Otherwise it is a short
    /// form: the first nine of these characters, `~`, and the link's number in the plan,
    /// from 0.
    pub name: String,
    /// Hardware address of the interface.
    pub mac: Mac,
}

/// A frame at an interface.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenFrame {
    /// Time of the frame in nanoseconds of `CLOCK_MONOTONIC`, by the kernel's time stamp.
    pub at: u64,
    /// The node that sent or received the frame.
    pub node: Arc<str>,
    /// The link on which the frame was sent.
    pub link: Arc<str>,
    /// Whether the node sent or received the frame.
    pub way: Way,
    /// The whole frame, from its Ethernet header on.
    pub bytes: Vec<u8>,
    /// The fault of the frame in the fabric. Only a sent frame can have a fault, since a
    /// received frame has passed the fabric.
    pub fault: Option<Fault>,
}

/// Direction of a frame at an interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// Received by the node.
    In,
    /// Sent by the node.
    Out,
}

/// A record with losses, so that it does not contain everything that happened.
#[derive(Debug)]
pub struct IncompleteRecord {
    /// The frames that were recorded.
    pub capture: FrameRecord,
    /// The losses; never empty.
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

/// Frames that were lost or damaged without a fault of the scenario.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Loss {
    /// Frames arrived faster than the fabric received them.
    #[error("{frames} frames overran the fabric")]
    Fabric {
        /// Number of frames.
        frames: u32,
    },
    /// Frames arrived faster than they were recorded.
    #[error("{frames} received frames of node `{node}` overran the capture")]
    Recording {
        /// The node that received the frames.
        node: Arc<str>,
        /// Number of frames.
        frames: u32,
    },
    /// Frames were lost in a cable, on the way into the fabric or out of it.
    #[error("the kernel lost {frames} frames of link `{link}` at node `{node}`")]
    Cable {
        /// The link.
        link: Arc<str>,
        /// The node of the cable.
        node: Arc<str>,
        /// Number of frames.
        frames: u64,
    },
    /// The kernel refused to send a frame.
    #[error("link `{link}` refused {frames} frames, the first with: {first}")]
    Refused {
        /// The link.
        link: Arc<str>,
        /// Number of frames.
        frames: u32,
        /// The kernel's error for the first of them.
        first: std::io::Error,
    },
    /// A frame exceeded the MTU of its link.
    #[error("{frames} frames on link `{link}` were longer than its mtu and were cut short")]
    Oversized {
        /// The link.
        link: Arc<str>,
        /// Number of frames.
        frames: u32,
    },
    /// Reading frames failed.
    #[error("cannot read captured frames: {0}")]
    Unread(std::io::Error),
}
