//! The NR-SACK chunk: acknowledges user data, part of it non-renegable.

use std::fmt;

use super::sack::{count, decode_tsns, encode_tsns};
use super::{GapAckBlock, Sack, Value};
use crate::cursor::Cursor;
use crate::field::{Fields, Row};
use crate::{DecodeError, Tsn, tlv};

/// Acknowledges user data. The receiver promises to keep the non-renegable part of it, so
/// that the sender may free that part (draft-natarajan-tsvwg-sctp-nrsack, section 4).
///
/// No RFC defines the chunk. FreeBSD uses it with peers that list the chunk as a
/// supported extension (`sctp_nr_sack` in its netinet/sctp_header.h).
///
/// ```text
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |   Type = 16   |  Chunk Flags  |         Chunk Length          |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                      Cumulative TSN Ack                       |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |          Advertised Receiver Window Credit (a_rwnd)           |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// | Number of R Gap Ack Blocks = N| Number of NR Gap Ack Blocks =M|
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |  Number of Duplicate TSNs = X |           Reserved            |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |   R Gap Ack Block #1 Start    |    R Gap Ack Block #1 End     |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// \                              ...                              \
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |   NR Gap Ack Block #1 Start   |   NR Gap Ack Block #1 End     |
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
pub struct NrSack {
    /// Cumulative TSN ack: all TSNs up to and including it have been received,
    /// non-renegably.
    pub cumulative_tsn_ack: Tsn,
    /// Advertised receiver window credit of the sender, in bytes.
    pub a_rwnd: u32,
    /// Further received TSNs, which the receiver may still discard.
    pub gap_ack_blocks: Vec<GapAckBlock>,
    /// Further received TSNs, which the receiver may not discard.
    pub nr_gap_ack_blocks: Vec<GapAckBlock>,
    /// TSNs that were received more than once. A TSN is listed once for each duplicate.
    pub duplicate_tsns: Vec<Tsn>,
}

impl NrSack {
    /// A SACK that acknowledges the same TSNs, with the blocks of both kinds in order.
    #[must_use]
    pub fn as_sack(&self) -> Sack {
        let blocks = self.gap_ack_blocks.iter().chain(&self.nr_gap_ack_blocks);
        let mut gap_ack_blocks: Vec<_> = blocks.copied().collect();
        gap_ack_blocks.sort_by_key(|block| (block.start, block.end));
        Sack {
            cumulative_tsn_ack: self.cumulative_tsn_ack,
            a_rwnd: self.a_rwnd,
            gap_ack_blocks,
            duplicate_tsns: self.duplicate_tsns.clone(),
        }
    }
}

impl Value for NrSack {
    fn decode(_flags: u8, cursor: &mut Cursor<'_>) -> Result<Self, DecodeError> {
        let (cumulative_tsn_ack, a_rwnd) = (Tsn(cursor.u32()?), cursor.u32()?);
        let (blocks, nr_blocks) = (cursor.u16()?, cursor.u16()?);
        let (duplicates, _reserved) = (cursor.u16()?, cursor.u16()?);
        Ok(Self {
            cumulative_tsn_ack,
            a_rwnd,
            gap_ack_blocks: GapAckBlock::decode_many(blocks, cursor)?,
            nr_gap_ack_blocks: GapAckBlock::decode_many(nr_blocks, cursor)?,
            duplicate_tsns: decode_tsns(duplicates, cursor)?,
        })
    }

    fn encode(&self, out: &mut Vec<u8>) {
        out.extend(self.cumulative_tsn_ack.0.to_be_bytes());
        out.extend(self.a_rwnd.to_be_bytes());
        out.extend(count(self.gap_ack_blocks.len()));
        out.extend(count(self.nr_gap_ack_blocks.len()));
        out.extend(count(self.duplicate_tsns.len()));
        out.extend([0; 2]);
        for block in self.gap_ack_blocks.iter().chain(&self.nr_gap_ack_blocks) {
            block.encode(out);
        }
        encode_tsns(&self.duplicate_tsns, out);
    }
}

impl Fields for NrSack {
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
            "what has arrived beyond and may be given up, counted from there",
            |it| GapAckBlock::ranges(&it.gap_ack_blocks),
        ),
        Row::ranges(
            "nr-gap-ack-blocks",
            "what has arrived beyond for good, counted from there",
            |it| GapAckBlock::ranges(&it.nr_gap_ack_blocks),
        ),
        Row::numbers("duplicate-tsns", "what has arrived once too often", |it| {
            it.duplicate_tsns.iter().map(|tsn| tsn.0.into()).collect()
        }),
    ];
}

impl fmt::Display for NrSack {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "NR-SACK cum={} a_rwnd={}",
            self.cumulative_tsn_ack, self.a_rwnd
        )?;
        if !self.gap_ack_blocks.is_empty() {
            f.write_str(" gaps=")?;
            tlv::show_list(&self.gap_ack_blocks, f)?;
        }
        if !self.nr_gap_ack_blocks.is_empty() {
            f.write_str(" nr_gaps=")?;
            tlv::show_list(&self.nr_gap_ack_blocks, f)?;
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

    fn block(start: u16, end: u16) -> GapAckBlock {
        GapAckBlock { start, end }
    }

    #[test]
    fn blocks_of_both_kinds_and_duplicates() {
        let chunk = NrSack {
            cumulative_tsn_ack: Tsn(12),
            a_rwnd: 4660,
            gap_ack_blocks: vec![block(5, 5)],
            nr_gap_ack_blocks: vec![block(2, 3), block(7, 9)],
            duplicate_tsns: vec![Tsn(11)],
        };
        assert_on_the_wire(
            &[
                16, 0, 0, 36, 0, 0, 0, 12, 0, 0, 0x12, 0x34, 0, 1, 0, 2, 0, 1, 0, 0, 0, 5, 0, 5, 0,
                2, 0, 3, 0, 7, 0, 9, 0, 0, 0, 11,
            ],
            chunk.clone(),
            "NR-SACK cum=12 a_rwnd=4660 gaps=[5-5] nr_gaps=[2-3, 7-9] dups=[11]",
        );
        let blocks = chunk.as_sack().gap_ack_blocks;
        assert_eq!(blocks, [block(2, 3), block(5, 5), block(7, 9)]);
    }
}
