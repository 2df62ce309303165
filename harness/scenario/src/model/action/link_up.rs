use std::fmt;

use super::super::words::at_node;
use super::super::{LinkName, NodeName};

/// Plugs a cable in again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkUp {
    /// The link.
    pub link: LinkName,
    /// Only at this node; `None` is both ends.
    pub node: Option<NodeName>,
}

impl fmt::Display for LinkUp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        at_node(f, "link-up", &self.link, self.node.as_ref())
    }
}
