use std::fmt;

use super::super::{LinkName, NodeName};

/// Makes a link drop every frame silently: both ends keep their carrier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cut {
    /// The link.
    pub link: LinkName,
    /// Only frames from this node; `None` is both directions.
    pub from: Option<NodeName>,
}

impl fmt::Display for Cut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.from {
            Some(node) => write!(f, "cut {} from {node}", self.link),
            None => write!(f, "cut {}", self.link),
        }
    }
}
