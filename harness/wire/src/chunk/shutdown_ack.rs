//! The SHUTDOWN ACK chunk: answers a SHUTDOWN chunk.

use std::fmt;

use super::Value;
use crate::DecodeError;
use crate::cursor::Cursor;
use crate::field::{Fields, Row};

/// The user data of the sender has been acknowledged, too (RFC 9260, section 3.3.9).
///
/// ```text
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |   Type = 8    |  Chunk Flags  |          Length = 4           |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShutdownAck;

impl Value for ShutdownAck {
    fn decode(_flags: u8, _cursor: &mut Cursor<'_>) -> Result<Self, DecodeError> {
        Ok(Self)
    }

    fn encode(&self, _out: &mut Vec<u8>) {}
}

impl Fields for ShutdownAck {
    const FIELDS: &'static [Row<Self>] = &[];
}

impl fmt::Display for ShutdownAck {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SHUTDOWN ACK")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chunk::assert_on_the_wire;

    #[test]
    fn on_the_wire() {
        assert_on_the_wire(&[8, 0, 0, 4], ShutdownAck, "SHUTDOWN ACK");
    }
}
