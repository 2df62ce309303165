use std::fmt;
use std::time::Duration;

use super::super::words::spoken;
use super::{ChunkPlace, Window};

/// How long after one another chunks left a node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Intervals {
    /// Which, and where.
    pub chunk: ChunkPlace,
    /// When.
    pub window: Window,
    /// No two follow one another sooner.
    pub least: Duration,
    /// No two follow one another later.
    pub most: Duration,
}

impl fmt::Display for Intervals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (least, most) = (spoken(self.least), spoken(self.most));
        write!(f, "{least} to {most} between {}{}", self.chunk, self.window)
    }
}
