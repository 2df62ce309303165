//! The SHUTDOWN chunk: starts a graceful shutdown.

use std::fmt;

use super::Value;
use crate::cursor::Cursor;
use crate::field::{Fields, Row};
use crate::{DecodeError, Tsn};

/// The sender sends no more user data (RFC 9260, section 3.3.8).
///
/// ```text
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |   Type = 7    |  Chunk Flags  |          Length = 8           |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                      Cumulative TSN Ack                       |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shutdown {
    /// Cumulative TSN ack: all TSNs up to and including it have been received.
    pub cumulative_tsn_ack: Tsn,
}

impl Value for Shutdown {
    fn decode(_flags: u8, cursor: &mut Cursor<'_>) -> Result<Self, DecodeError> {
        let cumulative_tsn_ack = Tsn(cursor.u32()?);
        Ok(Self { cumulative_tsn_ack })
    }

    fn encode(&self, out: &mut Vec<u8>) {
        out.extend(self.cumulative_tsn_ack.0.to_be_bytes());
    }
}

impl Fields for Shutdown {
    const FIELDS: &'static [Row<Self>] = &[Row::number(
        "cumulative-tsn-ack",
        "all up to this one have arrived",
        |it| it.cumulative_tsn_ack.0.into(),
    )];
}

impl fmt::Display for Shutdown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SHUTDOWN cum={}", self.cumulative_tsn_ack)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chunk::assert_on_the_wire;

    #[test]
    fn on_the_wire() {
        assert_on_the_wire(
            &[7, 0, 0, 8, 0, 0, 0x0b, 0xc4],
            Shutdown {
                cumulative_tsn_ack: Tsn(3012),
            },
            "SHUTDOWN cum=3012",
        );
    }
}
