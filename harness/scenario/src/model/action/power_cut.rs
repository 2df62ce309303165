use std::fmt;

use super::super::NodeName;

/// Cuts the power of a host: its endpoints vanish, and it sends and receives nothing
/// until one of its endpoints is opened again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PowerCut {
    /// The host.
    pub node: NodeName,
}

impl fmt::Display for PowerCut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "power-cut {}", self.node)
    }
}
