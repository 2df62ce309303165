//! The COOKIE ACK chunk: answers a COOKIE ECHO chunk.

use std::fmt;

use super::Value;
use crate::DecodeError;
use crate::cursor::Cursor;
use crate::field::{Fields, Row};

/// Acknowledges the COOKIE ECHO chunk: the association is established (RFC 9260, section
/// 3.3.12).
///
/// ```text
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |   Type = 11   |  Chunk Flags  |          Length = 4           |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CookieAck;

impl Value for CookieAck {
    fn decode(_flags: u8, _cursor: &mut Cursor<'_>) -> Result<Self, DecodeError> {
        Ok(Self)
    }

    fn encode(&self, _out: &mut Vec<u8>) {}
}

impl Fields for CookieAck {
    const FIELDS: &'static [Row<Self>] = &[];
}

impl fmt::Display for CookieAck {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("COOKIE ACK")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chunk::assert_on_the_wire;

    #[test]
    fn on_the_wire() {
        assert_on_the_wire(&[11, 0, 0, 4], CookieAck, "COOKIE ACK");
    }
}
