//! A fast decoder for the most frequent kind of SCTP packet.

use crate::{ChunkType, Tsn, VerificationTag, checksum_is_good};

/// Bytes of the common header.
const HEADER: usize = 12;

/// A correct packet that contains only user data and acknowledgements.
///
/// Most packets of most captures are of this kind. A glance reads their chunk types and
/// TSNs without decoding the chunks, and takes a fraction of the time of decoding.
///
/// ```
/// use sctp_wire::{ChunkType, Glance, Packet, Tsn, VerificationTag, chunk::Sack};
///
/// let sack = Sack {
///     cumulative_tsn_ack: Tsn(3012),
///     a_rwnd: 65_536,
///     gap_ack_blocks: vec![],
///     duplicate_tsns: vec![],
/// };
/// let packet = Packet::new(5000, 5001, VerificationTag(1), vec![sack.into()]).encode();
/// let glance = Glance::at(&packet).expect("a packet as most are");
/// assert_eq!(glance.verification_tag, VerificationTag(1));
/// assert!(glance.chunks().eq([(ChunkType::Sack, Tsn(3012))]));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Glance<'p> {
    /// Source port.
    pub source_port: u16,
    /// Destination port.
    pub destination_port: u16,
    /// Verification tag.
    pub verification_tag: VerificationTag,
    chunks: &'p [u8],
}

impl<'p> Glance<'p> {
    /// Examines a whole packet. `None` unless its checksum is good and it has at least
    /// one chunk, all of them well-formed. Each must be DATA, I-DATA, or a SACK without
    /// gaps and duplicates and with a non-zero window.
    #[must_use]
    #[inline]
    pub fn at(packet: &'p [u8]) -> Option<Self> {
        let (header, chunks) = packet.split_first_chunk::<HEADER>()?;
        let mut rest = chunks;
        next_chunk(&mut rest)?;
        while !rest.is_empty() {
            next_chunk(&mut rest)?;
        }
        let [e, f, g, h, a, b, c, d, _, _, _, _] = *header;
        checksum_is_good(packet).then_some(Self {
            source_port: u16::from_be_bytes([e, f]),
            destination_port: u16::from_be_bytes([g, h]),
            verification_tag: VerificationTag(u32::from_be_bytes([a, b, c, d])),
            chunks,
        })
    }

    /// The types of the chunks, each with its TSN or, for a SACK, its cumulative TSN ack.
    pub fn chunks(self) -> impl Iterator<Item = (ChunkType, Tsn)> {
        let mut rest = self.chunks;
        std::iter::from_fn(move || next_chunk(&mut rest))
    }
}

/// Takes the next chunk and its padding; `None` if the chunk is of another kind.
#[inline]
fn next_chunk(rest: &mut &[u8]) -> Option<(ChunkType, Tsn)> {
    let (&[kind, _, upper, lower, a, b, c, d], value) = rest.split_first_chunk()?;
    let length = usize::from(u16::from_be_bytes([upper, lower]));
    let kind = match kind {
        0 if length >= 16 => ChunkType::Data,
        64 if length >= 20 => ChunkType::IData,
        3 if length == 16 && acknowledges_all(value) => ChunkType::Sack,
        _ => return None,
    };
    *rest = rest.get(length.next_multiple_of(4)..)?;
    Some((kind, Tsn(u32::from_be_bytes([a, b, c, d]))))
}

/// Whether a SACK reports no gap and no duplicate, and a window. The window and the
/// numbers of gap ack blocks and duplicate TSNs follow the cumulative TSN ack (RFC 9260,
/// section 3.3.4).
fn acknowledges_all(value: &[u8]) -> bool {
    match value.first_chunk() {
        Some([a, b, c, d, 0, 0, 0, 0]) => [*a, *b, *c, *d] != [0; 4],
        _ => false,
    }
}
