//! The COOKIE ECHO chunk: returns the state cookie.

use std::fmt;

use bytes::Bytes;

use super::Value;
use crate::DecodeError;
use crate::cursor::Cursor;
use crate::field::{Fields, Row};

/// The state cookie of the INIT ACK chunk, unchanged (RFC 9260, section 3.3.11).
///
/// ```text
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |   Type = 10   |  Chunk Flags  |            Length             |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// \                            Cookie                             \
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CookieEcho {
    /// The value of the State Cookie parameter.
    pub cookie: Bytes,
}

impl Value for CookieEcho {
    fn decode(_flags: u8, cursor: &mut Cursor<'_>) -> Result<Self, DecodeError> {
        let cookie = cursor.rest();
        Ok(Self { cookie })
    }

    fn encode(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.cookie);
    }
}

impl Fields for CookieEcho {
    const FIELDS: &'static [Row<Self>] = &[Row::bytes("cookie", "the state cookie", |it| {
        it.cookie.clone()
    })];
}

impl fmt::Display for CookieEcho {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "COOKIE ECHO len={}", self.cookie.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chunk::assert_on_the_wire;

    #[test]
    fn on_the_wire() {
        assert_on_the_wire(
            &[10, 0, 0, 9, 1, 2, 3, 4, 5, 0, 0, 0],
            CookieEcho {
                cookie: vec![1, 2, 3, 4, 5].into(),
            },
            "COOKIE ECHO len=5",
        );
    }
}
