//! Reads the older pcap format (draft-ietf-opsawg-pcap).
//!
//! The format has one interface, no directions and no comments. The first four bytes
//! determine the unit of the times, microseconds or nanoseconds, and the byte order.

use std::io::Read;

use crate::buffered::Buffered;
use crate::pcapng::Options;
use crate::{Interface, InterfaceId, LinkType, PacketRef, ReadError, ReadErrorKind};

/// The first four bytes, for times in microseconds and in nanoseconds.
const MICROSECONDS: u32 = 0xA1B2_C3D4;
const NANOSECONDS: u32 = 0xA1B2_3C4D;

/// The "modified" format of Kuznetzov: times in microseconds, and longer packet headers.
const MODIFIED: u32 = 0xA1B2_CD34;

/// Length of the header of the file, and of each packet.
const FILE_HEADER: usize = 24;
const PACKET_HEADER: usize = 16;

/// In the modified format, the interface's number, protocol and kind follow each packet
/// header.
const MODIFIED_PACKET_HEADER: usize = PACKET_HEADER + 8;

/// Greatest length of a packet.
const GREATEST: u32 = 16 << 20;

const KINDS: [u32; 3] = [MICROSECONDS, NANOSECONDS, MODIFIED];

/// Whether these first four bytes, as a little-endian number, belong to this format.
pub(crate) fn is_magic(number: u32) -> bool {
    let either = [number, number.swap_bytes()];
    either.iter().any(|it| KINDS.contains(it))
}

/// Reads the packets of a pcap file, in the order of the file.
#[derive(Debug)]
pub(crate) struct Reader<R> {
    source: Buffered<R>,
    is_big_endian: bool,
    /// Nanoseconds per unit of the fraction of a second.
    unit: u64,
    /// Length of each packet's header.
    header: usize,
    interface: Interface,
    /// Length of the current packet with its header.
    size: usize,
    ended: bool,
}

impl<R: Read> Reader<R> {
    /// Reads the header of the file.
    pub(crate) fn new(mut source: Buffered<R>) -> Result<Self, ReadError> {
        let wrong = |kind| ReadError { offset: 0, kind };
        let is_whole = source
            .fill(FILE_HEADER)
            .map_err(|error| wrong(error.into()))?;
        if !is_whole {
            return Err(wrong(ReadErrorKind::NoHeader));
        }
        let magic = u32::from_le_bytes(source.array(0));
        if !is_magic(magic) {
            return Err(wrong(ReadErrorKind::NoCapture));
        }
        let mut reader = Self {
            is_big_endian: !KINDS.contains(&magic),
            unit: 1,
            header: PACKET_HEADER,
            interface: Interface::ethernet(""),
            source,
            size: 0,
            ended: false,
        };
        let either = [magic, magic.swap_bytes()];
        if !either.contains(&NANOSECONDS) {
            reader.unit = 1_000;
        }
        if either.contains(&MODIFIED) {
            reader.header = MODIFIED_PACKET_HEADER;
        }
        let (major, minor) = (reader.u16(4), reader.u16(6));
        if (major, minor) != (2, 4) {
            return Err(wrong(ReadErrorKind::PcapVersion { major, minor }));
        }
        reader.interface = Interface {
            name: None,
            description: None,
            // The upper half describes a frame check sequence after each frame.
            link_type: LinkType(reader.u32(20) as u16),
            snapshot_length: reader.u32(16),
        };
        reader.source.skip(FILE_HEADER);
        Ok(reader)
    }

    /// The only interface.
    pub(crate) fn interface(&self) -> &Interface {
        &self.interface
    }

    /// Reads the next packet into the buffer; `None` at the end.
    #[inline]
    pub(crate) fn next_ref(&mut self) -> Result<Option<PacketRef<'_>>, ReadError> {
        // The stream counts as ended unless a packet is found.
        if std::mem::replace(&mut self.ended, true) {
            return Ok(None);
        }
        self.source.skip(std::mem::take(&mut self.size));
        match self.find() {
            Ok(false) => Ok(None),
            Ok(true) => {
                self.ended = false;
                Ok(Some(self.packet()))
            }
            Err(kind) => Err(ReadError {
                offset: self.source.offset(),
                kind,
            }),
        }
    }

    /// Reads up to the end of the next packet. Returns `false` at the end of the stream.
    fn find(&mut self) -> Result<bool, ReadErrorKind> {
        if !self.source.fill(1)? {
            return Ok(false);
        }
        if !self.source.fill(self.header)? {
            return Err(ReadErrorKind::TruncatedPacket);
        }
        let length = self.u32(8);
        if length > GREATEST {
            return Err(ReadErrorKind::PacketLength(length));
        }
        let size = self.header + length as usize;
        if !self.source.fill(size)? {
            return Err(ReadErrorKind::TruncatedPacket);
        }
        self.size = size;
        Ok(true)
    }

    /// The current packet.
    fn packet(&self) -> PacketRef<'_> {
        let (seconds, fraction) = (u64::from(self.u32(0)), u64::from(self.u32(4)));
        PacketRef {
            interface: InterfaceId(0),
            link_type: self.interface.link_type,
            // Two numbers of 32 bits cannot overflow 64 bits.
            time_ns: seconds * 1_000_000_000 + fraction * self.unit,
            direction: None,
            original_length: self.u32(12),
            bytes: &self.source.filled()[self.header..self.size],
            options: Options::NONE,
        }
    }

    fn u16(&self, at: usize) -> u16 {
        match self.is_big_endian {
            true => u16::from_be_bytes(self.source.array(at)),
            false => u16::from_le_bytes(self.source.array(at)),
        }
    }

    fn u32(&self, at: usize) -> u32 {
        match self.is_big_endian {
            true => u32::from_be_bytes(self.source.array(at)),
            false => u32::from_le_bytes(self.source.array(at)),
        }
    }
}
