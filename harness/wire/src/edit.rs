//! Changes fields of an encoded packet in place.
//!
//! Decoding and encoding a packet would also repair its other faults. Here only the field
//! changes, and the checksum only on request.

mod patch;

use std::fmt;

use crate::bits::{self, Bits};
use crate::{ChunkType, checksum::Checksum};
pub use patch::{How, Patch};

/// Bytes of the common header (RFC 9260, section 3.1).
const HEADER: usize = 12;
/// Bytes of a chunk's type, flags and length.
const CHUNK_HEADER: usize = 4;

/// A new value for a field at a fixed place: a field of the common header, or of a chunk
/// before its first parameter, cause, or other list.
///
/// ```
/// use sctp_wire::{ChunkType, Packet, VerificationTag, chunk::Shutdown, edit::{Setting, repair_checksum}};
///
/// let shutdown = Shutdown { cumulative_tsn_ack: sctp_wire::Tsn(7) };
/// let mut packet = Packet::new(5000, 5001, VerificationTag(1), vec![shutdown.into()]).encode();
/// let setting = Setting::new(Some(ChunkType::Shutdown), "cumulative-tsn-ack", 8)
///     .ok_or("no such field")?;
/// assert!(setting.write(&mut packet, 0));
/// assert!(!sctp_wire::checksum_is_good(&packet));
/// repair_checksum(&mut packet);
/// assert_eq!(Packet::decode(&packet)?.to_string(), "SHUTDOWN cum=8");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Setting {
    of_chunk: bool,
    place: Bits,
    value: u32,
}

impl Setting {
    /// Sets the field with this name to `value`, in host byte order. A flag is 0 or 1.
    /// The fields of the common header are `source-port`, `destination-port` and
    /// `verification-tag`. With a type in `chunk`, the fields of chunks of that type are
    /// there as well: `type`, `flags`, `length`, and those of [`field`](crate::field).
    ///
    /// `None` if there is no such field, or the value is too great for it.
    #[must_use]
    pub fn new(chunk: Option<ChunkType>, field: &str, value: u32) -> Option<Self> {
        let (of_chunk, place) = places(chunk).find(|(_, place)| place.name == field)?;
        (value <= place.greatest()).then_some(Self {
            of_chunk,
            place,
            value,
        })
    }

    /// The fields that can be set, and the greatest value of each.
    pub fn fields(chunk: Option<ChunkType>) -> impl Iterator<Item = (&'static str, u32)> {
        places(chunk).map(|(_, place)| (place.name, place.greatest()))
    }

    /// Writes the value into an SCTP packet. If the field belongs to a chunk, `chunk` is
    /// the chunk's index. Returns whether the packet has the field. The checksum is
    /// unchanged.
    pub fn write(&self, packet: &mut [u8], chunk: usize) -> bool {
        let region = if self.of_chunk {
            chunk_of(packet, chunk)
        } else {
            packet.get_mut(..HEADER)
        };
        region.is_some_and(|region| self.place.write(region, self.value))
    }
}

impl fmt::Display for Setting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}={}", self.place.name, self.value)
    }
}

/// The places of fields that can be set, and whether each belongs to a chunk.
fn places(chunk: Option<ChunkType>) -> impl Iterator<Item = (bool, Bits)> {
    let of_chunk = chunk.into_iter().flat_map(bits::of_chunk);
    of_chunk
        .map(|place| (true, place))
        .chain(bits::OF_HEADER.iter().map(|place| (false, *place)))
}

/// The bytes of a chunk: as many as its length says, or as the packet has.
fn chunk_of(packet: &mut [u8], number: usize) -> Option<&mut [u8]> {
    let mut rest = packet.get_mut(HEADER..)?;
    for _ in 0..number {
        let padded = length_of(rest)?.next_multiple_of(4);
        rest = rest.get_mut(padded..)?;
    }
    let length = length_of(rest)?.min(rest.len());
    rest.get_mut(..length)
}

/// Length of a chunk with its header, without padding; `None` if the length is less than
/// the header.
fn length_of(chunk: &[u8]) -> Option<usize> {
    let length = u16::from_be_bytes([*chunk.get(2)?, *chunk.get(3)?]);
    Some(usize::from(length)).filter(|length| *length >= CHUNK_HEADER)
}

/// Writes the CRC32c into an SCTP packet. A packet shorter than the common header is
/// unchanged.
pub fn repair_checksum(packet: &mut [u8]) {
    if packet.len() >= HEADER {
        Checksum::Good.write(packet);
    }
}

#[cfg(test)]
mod tests;
