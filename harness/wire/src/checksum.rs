//! The CRC32c of RFC 9260, section 6.8 and appendix A.

use std::fmt;

/// Where the checksum stands in a packet.
const FIELD: std::ops::Range<usize> = 8..12;

/// What is known about a packet's checksum.
///
/// The values are CRC32c values as numbers. On the wire the checksum stands
/// with its *least* significant byte first, unlike every other field (RFC 9260,
/// appendix A).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Checksum {
    /// It is the CRC32c of the packet. [`Packet::encode`](crate::Packet::encode)
    /// computes it.
    #[default]
    Good,
    /// It is zero and the CRC32c is not: what endpoints send that agreed to
    /// leave the check to a lower layer (RFC 9653), and what a capture shows
    /// where a network card would have filled it in.
    Zero,
    /// It is the Adler-32 of the packet, as RFC 2960 had it before RFC 3309 changed
    /// it to CRC32c.
    Adler32,
    /// It is something else.
    Wrong {
        /// The checksum in the packet; what encoding writes.
        found: u32,
        /// The CRC32c of the packet when it was decoded.
        computed: u32,
    },
}

impl Checksum {
    /// Looks at a whole packet, which is at least a common header long.
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

    /// Puts the checksum into a packet whose other fields are all in place.
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

/// RFC 2960, section 6.8 and appendix B: the checksum field counts as zeros.
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

/// The beginning of a packet, aligned so that its CRC32c is computed by whole
/// words. Most packets are no longer.
#[repr(align(8))]
struct Beginning([u8; 256]);

/// RFC 9260, section 6.8: the checksum field counts as zeros.
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
