use std::fmt;

use wire::ChunkType;

use super::Window;

/// Chunks of one type bring back what a field of chunks of another type said
/// before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Echoes {
    /// The type of those that bring it back.
    pub chunk: ChunkType,
    /// Their field, or [`VERIFICATION_TAG`](Self::VERIFICATION_TAG).
    pub field: String,
    /// The type of those that said it first.
    pub of: ChunkType,
    /// Their field.
    pub of_field: String,
    /// When those bring it back that count.
    pub window: Window,
}

impl Echoes {
    /// What stands in the header of the packet, as if it were a field of
    /// every chunk in it.
    pub const VERIFICATION_TAG: &str = "verification-tag";
}

impl fmt::Display for Echoes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            chunk,
            field,
            of,
            of_field,
            window,
        } = self;
        write!(
            f,
            "the {field} of every {chunk}{window} is the {of_field} of an earlier {of}"
        )
    }
}
