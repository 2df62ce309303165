//! The places of fields with a fixed offset.

use crate::ChunkType;

/// A field: some bits of a packet's header or of a chunk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Bits {
    pub(crate) name: &'static str,
    /// Offset of the first byte, from the beginning of the header or chunk.
    offset: usize,
    /// Width in bytes: 1, 2 or 4.
    width: usize,
    /// The bits that belong to the field.
    mask: u32,
}

const fn bit(name: &'static str, mask: u32) -> Bits {
    Bits {
        name,
        offset: 1,
        width: 1,
        mask,
    }
}

const fn byte(name: &'static str, offset: usize) -> Bits {
    Bits {
        name,
        offset,
        width: 1,
        mask: 0xff,
    }
}

pub(crate) const fn short(name: &'static str, offset: usize) -> Bits {
    Bits {
        name,
        offset,
        width: 2,
        mask: 0xffff,
    }
}

pub(crate) const fn word(name: &'static str, offset: usize) -> Bits {
    Bits {
        name,
        offset,
        width: 4,
        mask: u32::MAX,
    }
}

/// The fields of the common header (RFC 9260, section 3.1), without the checksum.
pub(crate) const OF_HEADER: &[Bits] = &[
    short("source-port", 0),
    short("destination-port", 2),
    word("verification-tag", 4),
];

/// The fields of every chunk (RFC 9260, section 3.2).
pub(crate) const OF_ANY_CHUNK: &[Bits] = &[byte("type", 0), byte("flags", 1), short("length", 2)];

/// The fields of a chunk of this type that have a fixed offset.
pub(crate) fn of_chunk(kind: ChunkType) -> impl Iterator<Item = Bits> {
    own_of(kind).iter().chain(OF_ANY_CHUNK).copied()
}

pub(crate) fn own_of(kind: ChunkType) -> &'static [Bits] {
    match kind {
        ChunkType::Data => {
            const {
                &[
                    bit("i", 8),
                    bit("u", 4),
                    bit("b", 2),
                    bit("e", 1),
                    word("tsn", 4),
                    short("stream", 8),
                    short("ssn", 10),
                    word("ppid", 12),
                ]
            }
        }
        ChunkType::IData => {
            const {
                &[
                    bit("i", 8),
                    bit("u", 4),
                    bit("b", 2),
                    bit("e", 1),
                    word("tsn", 4),
                    short("stream", 8),
                    word("mid", 12),
                ]
            }
        }
        ChunkType::Init | ChunkType::InitAck => {
            const {
                &[
                    word("initiate-tag", 4),
                    word("a-rwnd", 8),
                    short("outbound-streams", 12),
                    short("inbound-streams", 14),
                    word("initial-tsn", 16),
                ]
            }
        }
        ChunkType::Sack | ChunkType::NrSack => {
            const { &[word("cumulative-tsn-ack", 4), word("a-rwnd", 8)] }
        }
        ChunkType::Shutdown => const { &[word("cumulative-tsn-ack", 4)] },
        ChunkType::Abort | ChunkType::ShutdownComplete => const { &[bit("t", 1)] },
        ChunkType::Ecne | ChunkType::Cwr => const { &[word("lowest-tsn", 4)] },
        ChunkType::Auth => const { &[short("shared-key-id", 4), short("hmac-id", 6)] },
        ChunkType::ForwardTsn | ChunkType::IForwardTsn => {
            const { &[word("new-cumulative-tsn", 4)] }
        }
        ChunkType::Asconf | ChunkType::AsconfAck => const { &[word("sequence-number", 4)] },
        _ => &[],
    }
}

impl Bits {
    /// The greatest value of the field.
    pub(crate) fn greatest(self) -> u32 {
        self.mask >> self.mask.trailing_zeros()
    }

    /// Offset of the first byte after the field.
    pub(crate) fn end(self) -> usize {
        self.offset + self.width
    }

    /// Value of the field, if the header or chunk is long enough.
    pub(crate) fn read(self, region: &[u8]) -> Option<u32> {
        let bytes = region.get(self.offset..self.end())?;
        let all = bytes
            .iter()
            .fold(0, |number, byte| number << 8 | u32::from(*byte));
        Some((all & self.mask) >> self.mask.trailing_zeros())
    }

    /// Writes a value, if the header or chunk is long enough.
    pub(crate) fn write(self, region: &mut [u8], value: u32) -> bool {
        let Some(bytes) = region.get_mut(self.offset..self.offset + self.width) else {
            return false;
        };
        let old = bytes
            .iter()
            .fold(0, |number, byte| number << 8 | u32::from(*byte));
        let new = old & !self.mask | value << self.mask.trailing_zeros() & self.mask;
        bytes.copy_from_slice(&new.to_be_bytes()[4 - self.width..]);
        true
    }
}
