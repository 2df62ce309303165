use std::fmt;

use super::super::words::at_node;
use super::super::{LinkName, NodeName};

/// Unplugs a cable: the node loses its carrier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkDown {
    /// The link.
    pub link: LinkName,
    /// Only at this node; `None` is both ends.
    pub node: Option<NodeName>,
}

impl fmt::Display for LinkDown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        at_node(f, "link-down", &self.link, self.node.as_ref())
    }
}
