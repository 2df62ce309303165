use std::fmt;

use super::{ChunkPlace, Window};

/// Chunks that left their nodes in this order; others may have come between.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sequence {
    /// The chunks, in order. Never empty.
    pub chunks: Vec<ChunkPlace>,
    /// When.
    pub window: Window,
}

impl fmt::Display for Sequence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, chunk) in self.chunks.iter().enumerate() {
            let lead = if index == 0 { "" } else { ", then " };
            write!(f, "{lead}{chunk}")?;
        }
        self.window.fmt(f)
    }
}
