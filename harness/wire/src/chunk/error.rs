//! The ERROR chunk: reports errors.

use std::fmt;

use super::Value;
use crate::cursor::Cursor;
use crate::field::{self, Fields, Row};
use crate::{Cause, DecodeError, tlv};

/// Reports errors that its sender found (RFC 9260, section 3.3.10).
///
/// ```text
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |   Type = 9    |  Chunk Flags  |            Length             |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// \                   one or more Error Causes                    \
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// The errors. The RFC demands at least one; a chunk without any is decoded all the
    /// same.
    pub causes: Vec<Cause>,
}

impl Value for Error {
    fn decode(_flags: u8, cursor: &mut Cursor<'_>) -> Result<Self, DecodeError> {
        let causes = tlv::decode_all(cursor)?;
        Ok(Self { causes })
    }

    fn encode(&self, out: &mut Vec<u8>) {
        tlv::encode_all(&self.causes, out);
    }
}

impl Fields for Error {
    const FIELDS: &'static [Row<Self>] = &[];
    const OF_CAUSES: &'static [Row<[Cause]>] = field::OF_CAUSES;

    fn causes(&self) -> &[Cause] {
        &self.causes
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ERROR")?;
        super::show_all(&self.causes, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cause::StaleCookie;
    use crate::chunk::assert_on_the_wire;

    #[test]
    fn a_cookie_came_too_late() {
        assert_on_the_wire(
            &[9, 0, 0, 12, 0, 3, 0, 8, 0, 0x0f, 0x42, 0x40],
            Error {
                causes: vec![Cause::StaleCookie(StaleCookie {
                    staleness_us: 1_000_000,
                })],
            },
            "ERROR [Stale Cookie by 1000000us]",
        );
    }
}
