//! Patterns that chunks are matched against.

use std::fmt;

use super::FieldTest;
use crate::{Chunk, ChunkType};

/// A pattern: a chunk type, and tests of fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChunkPattern {
    /// Type of the chunks.
    pub kind: ChunkType,
    /// Tests of their fields, all of which must hold.
    pub fields: Vec<FieldTest>,
}

impl ChunkPattern {
    /// Whether a chunk matches the pattern.
    #[must_use]
    pub fn matches(&self, chunk: &Chunk) -> bool {
        chunk.kind() == self.kind && self.fields.iter().all(|test| test.matches(chunk))
    }
}

impl From<ChunkType> for ChunkPattern {
    fn from(kind: ChunkType) -> Self {
        let fields = Vec::new();
        Self { kind, fields }
    }
}

impl fmt::Display for ChunkPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.kind.fmt(f)?;
        self.fields.iter().try_for_each(|test| write!(f, " {test}"))
    }
}
