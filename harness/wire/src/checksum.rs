//! The CRC32c of RFC 9260, section 6.8 and appendix A.

use std::fmt;

/// Place of the checksum in a packet.
const FIELD: std::ops::Range<usize> = 8..12;

/// Relation of a packet's checksum to its CRC32c.
///
/// The numbers are those of CRC32c: the *least* significant byte is first on the wire,
/// unlike in every other field (RFC 9260, appendix A).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Checksum {
    /// The CRC32c of the packet. [`Packet::encode`](crate::Packet::encode) computes it.
    #[default]
    Good,
    /// Zero, while the CRC32c is not zero. Endpoints that have agreed to leave the check
    /// to a lower layer send zero (RFC 9653). A capture also shows zero where a network
    /// card was to fill in the checksum.
    Zero,
    /// The Adler-32 of the packet, which RFC 2960 required before RFC 3309 changed it to
    /// CRC32c.
    Adler32,
    /// Any other number.
    Wrong {
        /// The checksum in the packet, which encoding writes again.
        found: u32,
        /// The CRC32c of the packet when it was decoded.
        computed: u32,
    },
}

impl Checksum {
    /// Compares the checksum of a whole packet, which has at least a common header.
    #[inline]
    pub(crate) fn check(packet: &[u8]) -> Self {
        let mut field = [0; 4];
        field.copy_from_slice(&packet[FIELD]);
        match (u32::from_le_bytes(field), crc32c_of(packet)) {
            (found, computed) if found == computed => Self::Good,
            (0, _) => Self::Zero,
            (found, _) if found.swap_bytes() == adler32_of(packet) => Self::Adler32,
            (found, computed) => Self::Wrong { found, computed },
        }
    }

    /// Writes the checksum into a packet whose other fields are complete.
    pub(crate) fn write(self, packet: &mut [u8]) {
        let value = match self {
            Self::Good => crc32c_of(packet),
            Self::Zero => 0,
            // In network byte order, unlike the CRC32c.
            Self::Adler32 => adler32_of(packet).swap_bytes(),
            Self::Wrong { found, .. } => found,
        };
        packet[FIELD].copy_from_slice(&value.to_le_bytes());
    }
}

impl fmt::Display for Checksum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Good => f.write_str("good"),
            Self::Zero => f.write_str("zero"),
            Self::Adler32 => f.write_str("Adler-32"),
            Self::Wrong { found, computed } => {
                write!(f, "wrong ({found:#010x} instead of {computed:#010x})")
            }
        }
    }
}

/// Whether an SCTP packet carries the CRC32c of its bytes. Bytes too few for a
/// common header carry none.
#[must_use]
#[inline]
pub fn checksum_is_good(packet: &[u8]) -> bool {
    packet.len() >= FIELD.end && Checksum::check(packet) == Checksum::Good
}

/// The Adler-32 with zeros in the checksum field (RFC 2960, section 6.8 and appendix B).
fn adler32_of(packet: &[u8]) -> u32 {
    /// The largest prime number below 65536.
    const BASE: u32 = 65_521;
    let (mut sum, mut sum_of_sums) = (1, 0);
    for (place, byte) in packet.iter().enumerate() {
        if !FIELD.contains(&place) {
            sum = (sum + u32::from(*byte)) % BASE;
        }
        sum_of_sums = (sum_of_sums + sum) % BASE;
    }
    sum_of_sums << 16 | sum
}

/// The beginning of a packet, aligned so that its CRC32c is computed word by word. Most
/// packets are no longer than this.
#[repr(align(8))]
struct Beginning([u8; 256]);

/// The CRC32c with zeros in the checksum field (RFC 9260, section 6.8).
fn crc32c_of(packet: &[u8]) -> u32 {
    let mut beginning = Beginning([0; _]);
    let (copied, rest) = packet.split_at(packet.len().min(beginning.0.len()));
    let beginning = &mut beginning.0[..copied.len()];
    beginning.copy_from_slice(copied);
    beginning[FIELD].fill(0);
    let crc = crc32c::crc32c(beginning);
    match rest {
        [] => crc,
        rest => crc32c::crc32c_append(crc, rest),
    }
}
