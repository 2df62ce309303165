use std::fmt;
use std::net::IpAddr;

use wire::ChunkType;
use wire::field::ChunkPattern;

use super::super::{LinkName, NodeName};
use super::{Count, Window};

/// How many chunks left a node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChunkCount {
    /// Which, and where.
    pub chunk: ChunkPlace,
    /// Whether only first transmissions of a TSN count (DATA, I-DATA).
    pub new_only: bool,
    /// When.
    pub window: Window,
    /// How many.
    pub count: Count,
}

/// Which chunks are meant, and where they were sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChunkPlace {
    /// Their type, and what their fields say.
    pub pattern: ChunkPattern,
    /// The node that sent them; `None` is any.
    pub from: Option<NodeName>,
    /// The link they left on; `None` is any.
    pub on: Option<LinkName>,
    /// The address they went from; `None` is any.
    pub source: Option<IpAddr>,
    /// The address they went to; `None` is any.
    pub destination: Option<IpAddr>,
    /// The type of another chunk in the same packet; `None` is any or none.
    pub bundled_with: Option<ChunkType>,
}

impl fmt::Display for ChunkCount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let new = if self.new_only { "new " } else { "" };
        write!(f, "{} × {new}{}{}", self.count, self.chunk, self.window)
    }
}

impl fmt::Display for ChunkPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.pattern.fmt(f)?;
        if let Some(node) = &self.from {
            write!(f, " sent by {node}")?;
        }
        if let Some(link) = &self.on {
            write!(f, " on {link}")?;
        }
        if let Some(address) = self.source {
            write!(f, " from {address}")?;
        }
        if let Some(address) = self.destination {
            write!(f, " to {address}")?;
        }
        if let Some(kind) = self.bundled_with {
            write!(f, " bundled with {kind}")?;
        }
        Ok(())
    }
}
