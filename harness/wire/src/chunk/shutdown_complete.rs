//! The SHUTDOWN COMPLETE chunk: answers a SHUTDOWN ACK chunk.

use std::fmt;

use super::Value;
use super::abort::TAG_REFLECTED;
use crate::DecodeError;
use crate::cursor::Cursor;
use crate::field::{Fields, Row};

/// The shutdown is complete (RFC 9260, section 3.3.13).
///
/// ```text
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |   Type = 14   |  Reserved   |T|          Length = 4           |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShutdownComplete {
    /// T bit: the sender has no TCB for the packet that it answers, and reflects that
    /// packet's verification tag.
    pub tag_reflected: bool,
}

impl Value for ShutdownComplete {
    fn decode(flags: u8, _cursor: &mut Cursor<'_>) -> Result<Self, DecodeError> {
        let tag_reflected = flags & TAG_REFLECTED != 0;
        Ok(Self { tag_reflected })
    }

    fn flags(&self) -> u8 {
        TAG_REFLECTED * u8::from(self.tag_reflected)
    }

    fn encode(&self, _out: &mut Vec<u8>) {}
}

impl Fields for ShutdownComplete {
    const FIELDS: &'static [Row<Self>] = &[Row::flag(
        "t",
        "whether the verification tag is reflected",
        |it| it.tag_reflected,
    )];
}

impl fmt::Display for ShutdownComplete {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.tag_reflected {
            false => "SHUTDOWN COMPLETE",
            true => "SHUTDOWN COMPLETE T",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chunk::assert_on_the_wire;

    #[test]
    fn with_and_without_the_t_bit() {
        for (bytes, tag_reflected, shown) in [
            (&[14, 0, 0, 4], false, "SHUTDOWN COMPLETE"),
            (&[14, 1, 0, 4], true, "SHUTDOWN COMPLETE T"),
        ] {
            assert_on_the_wire(bytes, ShutdownComplete { tag_reflected }, shown);
        }
    }
}
