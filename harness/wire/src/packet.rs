//! SCTP packets.

use std::fmt;

use bytes::Bytes;

use crate::cursor::Cursor;
use crate::{Checksum, Chunk, DecodeError, Expected, VerificationTag, tlv};

/// Bytes of the common header.
const HEADER: usize = 12;

/// An SCTP packet (RFC 9260, section 3).
///
/// ```text
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |      Source Port Number       |    Destination Port Number    |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                       Verification Tag                        |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                           Checksum                            |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                            Chunks ...                         |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
///
/// `Display` gives one line with all chunks, such as `DATA tsn=3012 sid=0 ssn=4 ppid=0
/// len=100 BE | SACK cum=17 a_rwnd=65536`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packet {
    /// Source port.
    pub source_port: u16,
    /// Destination port.
    pub destination_port: u16,
    /// Verification tag: the receiver's tag, or the sender's own in some ABORT and
    /// SHUTDOWN COMPLETE chunks (with the T bit), or 0 with an INIT chunk.
    pub verification_tag: VerificationTag,
    /// The checksum: the decoded one, or the one to encode.
    pub checksum: Checksum,
    /// The chunks, in the order on the wire.
    pub chunks: Vec<Chunk>,
}

/// The decoded part of a malformed packet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartialPacket {
    /// The common header, and the chunks before the error.
    pub packet: Packet,
    /// The error that ended the decoding; `None` if the packet is whole.
    pub error: Option<DecodeError>,
}

impl Packet {
    /// A packet that is encoded with a good checksum.
    #[must_use]
    pub fn new(
        source_port: u16,
        destination_port: u16,
        verification_tag: VerificationTag,
        chunks: Vec<Chunk>,
    ) -> Self {
        Self {
            source_port,
            destination_port,
            verification_tag,
            checksum: Checksum::Good,
            chunks,
        }
    }

    /// Decodes a whole packet: the payload of an IP packet or UDP datagram.
    ///
    /// A wrong checksum is no error: see [`Packet::checksum`]. Reserved bits
    /// and padding are not kept.
    ///
    /// # Errors
    /// The first violation of the format, with its offset in `bytes`.
    pub fn decode(bytes: &[u8]) -> Result<Self, DecodeError> {
        Self::decode_shared(&Bytes::copy_from_slice(bytes))
    }

    /// Like [`decode`](Self::decode), but payloads share `bytes` instead of
    /// being copied.
    ///
    /// # Errors
    /// As [`decode`](Self::decode).
    pub fn decode_shared(bytes: &Bytes) -> Result<Self, DecodeError> {
        let partial = Self::decode_lenient(bytes)?;
        partial.error.map_or(Ok(partial.packet), Err)
    }

    /// Decodes the chunks before the first malformed one; payloads share `bytes`.
    ///
    /// # Errors
    /// Only if the common header is incomplete.
    pub fn decode_lenient(bytes: &Bytes) -> Result<PartialPacket, DecodeError> {
        let mut cursor = Cursor::new(bytes, "SCTP common header");
        if bytes.len() < HEADER {
            return Err(cursor.error(
                bytes.len(),
                Expected::Bytes {
                    needed: HEADER - bytes.len(),
                    left: 0,
                },
            ));
        }
        let mut packet = Self {
            source_port: cursor.u16()?,
            destination_port: cursor.u16()?,
            verification_tag: VerificationTag(cursor.u32()?),
            checksum: Checksum::check(bytes),
            chunks: Vec::new(),
        };
        cursor.u32()?;
        let error = decode_chunks(&mut cursor, &mut packet.chunks).err();
        Ok(PartialPacket { packet, error })
    }

    /// The packet's bytes, padded to a multiple of 4.
    ///
    /// The field [`checksum`](Self::checksum) says which checksum the bytes have. A chunk,
    /// parameter or cause too long for its 16-bit length field is written with the
    /// greatest length. The result does not decode, and no IP packet could carry it.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(256);
        out.extend(self.source_port.to_be_bytes());
        out.extend(self.destination_port.to_be_bytes());
        out.extend(self.verification_tag.0.to_be_bytes());
        out.extend([0; 4]);
        for chunk in &self.chunks {
            chunk.encode(&mut out);
            tlv::pad(&mut out);
        }
        self.checksum.write(&mut out);
        out
    }
}

fn decode_chunks(cursor: &mut Cursor<'_>, chunks: &mut Vec<Chunk>) -> Result<(), DecodeError> {
    while !cursor.is_empty() {
        cursor.rename("chunk header");
        chunks.push(Chunk::decode(cursor)?);
        cursor.rename("chunk padding");
        cursor.align()?;
    }
    Ok(())
}

impl fmt::Display for Packet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, chunk) in self.chunks.iter().enumerate() {
            if index > 0 {
                f.write_str(" | ")?;
            }
            chunk.fmt(f)?;
        }
        Ok(())
    }
}
