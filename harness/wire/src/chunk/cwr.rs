//! The CWR chunk: answers an ECNE chunk.

use std::fmt;

use super::Value;
use crate::cursor::Cursor;
use crate::field::{Fields, Row};
use crate::{DecodeError, Tsn};

/// The sender has reduced its congestion window (RFC 4960, appendix A).
///
/// ```text
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |   Type = 13   |  Chunk Flags  |          Length = 8           |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                       Lowest TSN Number                       |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cwr {
    /// The lowest TSN of the ECNE chunk that is answered.
    pub lowest_tsn: Tsn,
}

impl Value for Cwr {
    fn decode(_flags: u8, cursor: &mut Cursor<'_>) -> Result<Self, DecodeError> {
        let lowest_tsn = Tsn(cursor.u32()?);
        Ok(Self { lowest_tsn })
    }

    fn encode(&self, out: &mut Vec<u8>) {
        out.extend(self.lowest_tsn.0.to_be_bytes());
    }
}

impl Fields for Cwr {
    const FIELDS: &'static [Row<Self>] = &[Row::number(
        "lowest-tsn",
        "the lowest TSN of the ECNE",
        |it| it.lowest_tsn.0.into(),
    )];
}

impl fmt::Display for Cwr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CWR tsn={}", self.lowest_tsn)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chunk::assert_on_the_wire;

    #[test]
    fn on_the_wire() {
        assert_on_the_wire(
            &[13, 0, 0, 8, 0, 0, 0x0b, 0xc4],
            Cwr {
                lowest_tsn: Tsn(3012),
            },
            "CWR tsn=3012",
        );
    }
}
