use std::fmt;

use super::super::words::chunk_name;
use super::super::{LinkName, NodeName};
use super::{Count, Window};

/// How many chunks left a node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChunkCount {
    /// Their type: the RFC's name in lower case with dashes (`heartbeat-ack`).
    pub chunk: String,
    /// The node that sent them; `None` is any.
    pub from: Option<NodeName>,
    /// The link they left on; `None` is any.
    pub on: Option<LinkName>,
    /// Whether only first transmissions of a TSN count (DATA, I-DATA).
    pub new_only: bool,
    /// When.
    pub window: Window,
    /// How many.
    pub count: Count,
}

impl fmt::Display for ChunkCount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let new = if self.new_only { "new " } else { "" };
        write!(f, "{} {new}{} chunks", self.count, chunk_name(&self.chunk))?;
        if let Some(node) = &self.from {
            write!(f, " sent by {node}")?;
        }
        if let Some(link) = &self.on {
            write!(f, " on {link}")?;
        }
        self.window.fmt(f)
    }
}
