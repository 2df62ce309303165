use std::fmt;

use wire::ChunkType;

/// Chunks of one type repeat what a field of chunks of another type said,
/// sent by the other side before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Echoes {
    /// The type of those that repeat it.
    pub chunk: ChunkType,
    /// The type of those that said it first.
    pub of: ChunkType,
    /// The field, which both have.
    pub field: String,
}

impl fmt::Display for Echoes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { chunk, of, field } = self;
        write!(f, "every {chunk} brings back the {field} of a {of}")
    }
}
