//! The PAD chunk: makes a packet longer.

use std::fmt;

use bytes::Bytes;

use super::Value;
use crate::DecodeError;
use crate::cursor::Cursor;
use crate::field::{Fields, Row};

/// Padding that the receiver ignores (RFC 4820, section 3).
///
/// ```text
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |   Type = 132  |  Chunk Flags  |            Length             |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// \                         Padding Data                          \
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pad {
    /// The padding. It should be zeros, and is ignored.
    pub padding: Bytes,
}

impl Value for Pad {
    fn decode(_flags: u8, cursor: &mut Cursor<'_>) -> Result<Self, DecodeError> {
        let padding = cursor.rest();
        Ok(Self { padding })
    }

    fn encode(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.padding);
    }
}

impl Fields for Pad {
    const FIELDS: &'static [Row<Self>] = &[Row::number(
        "size",
        "the length of the padding in bytes",
        |it| it.padding.len() as u64,
    )];
}

impl fmt::Display for Pad {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PAD len={}", self.padding.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chunk::assert_on_the_wire;

    #[test]
    fn on_the_wire() {
        assert_on_the_wire(
            &[132, 0, 0, 9, 1, 2, 3, 4, 5, 0, 0, 0],
            Pad {
                padding: vec![1, 2, 3, 4, 5].into(),
            },
            "PAD len=5",
        );
    }
}
