//! Which chunks are meant.

use std::fmt;

use super::FieldTest;
use crate::{Chunk, ChunkType};

/// Chunks of a type, with fields that say so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChunkPattern {
    /// Their type.
    pub kind: ChunkType,
    /// What their fields must say, all of them.
    pub fields: Vec<FieldTest>,
}

impl ChunkPattern {
    /// Whether a chunk is one of them.
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
