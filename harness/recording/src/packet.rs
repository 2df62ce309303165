use std::fmt;

use bytes::Bytes;

use super::Time;

/// A node's end of a link.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Interface {
    /// The node.
    pub node: String,
    /// The link, which is also the interface's name at the node.
    pub link: String,
}

impl fmt::Display for Interface {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.node, self.link)
    }
}

/// One frame as it passed a node's interface.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packet {
    /// When, by the stamp of the kernel.
    pub at: Time,
    /// Where: an index into the recording's interfaces.
    pub interface: usize,
    /// Which way.
    pub direction: Direction,
    /// The Ethernet frame, from the destination address on.
    pub frame: Bytes,
    /// What a rule of the fabric did with it afterwards, in words.
    pub fault: Option<String>,
}

/// Which way a frame passed an interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Direction {
    /// The node received it.
    In,
    /// The node sent it.
    Out,
}
