//! Captured frames, and the interfaces at which they were captured.

use std::fmt;

use bytes::Bytes;

use super::Time;

/// A node's end of a link.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Interface {
    /// The node.
    pub node: String,
    /// The link, whose name the interface has at the node.
    pub link: String,
}

impl fmt::Display for Interface {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.node, self.link)
    }
}

/// A frame at a node's interface.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packet {
    /// Time of the frame, by the kernel's time stamp.
    pub at: Time,
    /// Index of the interface among the recording's interfaces.
    pub interface: usize,
    /// Direction of the frame.
    pub direction: Direction,
    /// The Ethernet frame, from the destination address on.
    pub frame: Bytes,
    /// The action that a rule of the fabric took on the frame after its capture, in words.
    pub fault: Option<String>,
}

/// Direction of a frame at an interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Direction {
    /// The node received it.
    In,
    /// The node sent it.
    Out,
}
