//! The SACK chunk: acknowledges user data.

use std::fmt;

use super::Value;
use crate::cursor::Cursor;
use crate::field::{Fields, Row};
use crate::{DecodeError, Tsn, tlv};

/// Acknowledges received user data, and reports gaps in it (RFC 9260, section 3.3.4).
///
/// ```text
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |   Type = 3    |  Chunk Flags  |         Chunk Length          |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                      Cumulative TSN Ack                       |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |          Advertised Receiver Window Credit (a_rwnd)           |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// | Number of Gap Ack Blocks = N  |  Number of Duplicate TSNs = M |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |    Gap Ack Block #1 Start     |     Gap Ack Block #1 End      |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// \                              ...                              \
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                        Duplicate TSN 1                        |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// \                              ...                              \
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
///
/// A chunk of the greatest length has fewer gap ack blocks and duplicate TSNs than 65,535,
/// the greatest number of each counter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sack {
    /// Cumulative TSN ack: all TSNs up to and including it have been received.
    pub cumulative_tsn_ack: Tsn,
    /// Advertised receiver window credit of the sender, in bytes.
    pub a_rwnd: u32,
    /// Received TSNs after a gap.
    pub gap_ack_blocks: Vec<GapAckBlock>,
    /// TSNs that were received more than once. A TSN is listed once for each duplicate.
    pub duplicate_tsns: Vec<Tsn>,
}

/// A run of received TSNs after a gap, as offsets from the cumulative TSN ack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GapAckBlock {
    /// Offset of the first TSN.
    pub start: u16,
    /// Offset of the last TSN.
    pub end: u16,
}

impl GapAckBlock {
    /// Reads this many blocks.
    pub(super) fn decode_many(
        count: u16,
        cursor: &mut Cursor<'_>,
    ) -> Result<Vec<Self>, DecodeError> {
        let one = |_| {
            Ok(Self {
                start: cursor.u16()?,
                end: cursor.u16()?,
            })
        };
        (0..count).map(one).collect()
    }

    pub(super) fn encode(self, out: &mut Vec<u8>) {
        out.extend(self.start.to_be_bytes());
        out.extend(self.end.to_be_bytes());
    }

    /// The first and the last offset of each block.
    pub(super) fn ranges(blocks: &[Self]) -> Vec<(u16, u16)> {
        blocks.iter().map(|it| (it.start, it.end)).collect()
    }
}

impl Value for Sack {
    fn decode(_flags: u8, cursor: &mut Cursor<'_>) -> Result<Self, DecodeError> {
        let (cumulative_tsn_ack, a_rwnd) = (Tsn(cursor.u32()?), cursor.u32()?);
        let (blocks, duplicates) = (cursor.u16()?, cursor.u16()?);
        Ok(Self {
            cumulative_tsn_ack,
            a_rwnd,
            gap_ack_blocks: GapAckBlock::decode_many(blocks, cursor)?,
            duplicate_tsns: decode_tsns(duplicates, cursor)?,
        })
    }

    fn encode(&self, out: &mut Vec<u8>) {
        out.extend(self.cumulative_tsn_ack.0.to_be_bytes());
        out.extend(self.a_rwnd.to_be_bytes());
        out.extend(count(self.gap_ack_blocks.len()));
        out.extend(count(self.duplicate_tsns.len()));
        for block in &self.gap_ack_blocks {
            block.encode(out);
        }
        encode_tsns(&self.duplicate_tsns, out);
    }
}

/// The bytes of the counter of blocks or TSNs. A chunk with more than 65,535 of them has a
/// wrong length as well.
pub(super) fn count(length: usize) -> [u8; 2] {
    u16::try_from(length).unwrap_or(u16::MAX).to_be_bytes()
}

pub(super) fn decode_tsns(count: u16, cursor: &mut Cursor<'_>) -> Result<Vec<Tsn>, DecodeError> {
    (0..count).map(|_| cursor.u32().map(Tsn)).collect()
}

pub(super) fn encode_tsns(tsns: &[Tsn], out: &mut Vec<u8>) {
    for tsn in tsns {
        out.extend(tsn.0.to_be_bytes());
    }
}

impl fmt::Display for GapAckBlock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.start, self.end)
    }
}

impl Fields for Sack {
    const FIELDS: &'static [Row<Self>] = &[
        Row::number(
            "cumulative-tsn-ack",
            "all up to this one have arrived",
            |it| it.cumulative_tsn_ack.0.into(),
        ),
        Row::number("a-rwnd", "the bytes that the sender has room for", |it| {
            it.a_rwnd.into()
        }),
        Row::ranges(
            "gap-ack-blocks",
            "what has arrived beyond, counted from there",
            |it| GapAckBlock::ranges(&it.gap_ack_blocks),
        ),
        Row::numbers("duplicate-tsns", "what has arrived once too often", |it| {
            it.duplicate_tsns.iter().map(|tsn| tsn.0.into()).collect()
        }),
    ];
}

impl fmt::Display for Sack {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "SACK cum={} a_rwnd={}",
            self.cumulative_tsn_ack, self.a_rwnd
        )?;
        if !self.gap_ack_blocks.is_empty() {
            f.write_str(" gaps=")?;
            tlv::show_list(&self.gap_ack_blocks, f)?;
        }
        if !self.duplicate_tsns.is_empty() {
            f.write_str(" dups=")?;
            tlv::show_list(&self.duplicate_tsns, f)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chunk::assert_on_the_wire;

    #[test]
    fn nothing_is_missing() {
        assert_on_the_wire(
            &[3, 0, 0, 16, 0, 0, 0x0b, 0xc4, 0, 1, 0, 0, 0, 0, 0, 0],
            Sack {
                cumulative_tsn_ack: Tsn(3012),
                a_rwnd: 65_536,
                gap_ack_blocks: vec![],
                duplicate_tsns: vec![],
            },
            "SACK cum=3012 a_rwnd=65536",
        );
    }

    /// The example of RFC 9260, section 3.3.4: TSNs 10 to 12, 14, 15 and 17 were
    /// received.
    #[test]
    fn gaps_and_duplicates() {
        assert_on_the_wire(
            &[
                3, 0, 0, 28, 0, 0, 0, 12, 0, 0, 0x12, 0x34, 0, 2, 0, 1, 0, 2, 0, 3, 0, 5, 0, 5, 0,
                0, 0, 11,
            ],
            Sack {
                cumulative_tsn_ack: Tsn(12),
                a_rwnd: 4660,
                gap_ack_blocks: vec![
                    GapAckBlock { start: 2, end: 3 },
                    GapAckBlock { start: 5, end: 5 },
                ],
                duplicate_tsns: vec![Tsn(11)],
            },
            "SACK cum=12 a_rwnd=4660 gaps=[2-3, 5-5] dups=[11]",
        );
    }
}
