//! Reading capture files.

use std::io::{self, BufReader, Read};

use bytes::Bytes;

use super::options::{Content, Endian, fixed, text};
use super::time::Clock;
use super::{
    CapturedPacket, Direction, Interface, InterfaceId, ReadError, ReadErrorKind, Section, block,
};
use crate::frame::LinkType;

/// Gives the packets of a capture one after the other, as they stand in the
/// file.
///
/// It reads either byte order, any time resolution and several sections, and
/// skips blocks that hold no packets. Of a file that ends too early or goes
/// wrong it gives what comes before, then the error, then nothing more. It
/// holds one block at a time.
#[derive(Debug)]
pub struct Reader<R> {
    source: BufReader<R>,
    /// Bytes read so far.
    offset: u64,
    /// Where the present block begins.
    block_offset: u64,
    endian: Endian,
    section: Section,
    interfaces: Vec<(Interface, Clock)>,
    /// Where the interfaces of the present section begin.
    first_interface: usize,
    ended: bool,
}

impl<R: Read> Reader<R> {
    /// Begins to read: the first section header.
    ///
    /// # Errors
    /// If there is none.
    pub fn new(source: R) -> Result<Self, ReadError> {
        let mut reader = Self {
            source: BufReader::with_capacity(64 << 10, source),
            offset: 0,
            block_offset: 0,
            endian: Endian::Little,
            section: Section::default(),
            interfaces: Vec::new(),
            first_interface: 0,
            ended: false,
        };
        let begun = reader.begin();
        begun.map_err(|kind| ReadError { offset: 0, kind })?;
        Ok(reader)
    }

    /// What the present section says about itself.
    #[must_use]
    pub fn section(&self) -> &Section {
        &self.section
    }

    /// An interface that a packet named.
    ///
    /// # Panics
    /// If the id comes from another reader, and this one has not so many.
    #[must_use]
    pub fn interface(&self, InterfaceId(id): InterfaceId) -> &Interface {
        &self.interfaces[id as usize].0
    }

    /// All interfaces that have been described so far, by their ids.
    pub fn interfaces(&self) -> impl Iterator<Item = (InterfaceId, &Interface)> {
        (0..)
            .map(InterfaceId)
            .zip(self.interfaces.iter().map(|(interface, _)| interface))
    }

    fn begin(&mut self) -> Result<(), ReadErrorKind> {
        let kind = self.array().map_err(|kind| match kind {
            ReadErrorKind::Truncated => ReadErrorKind::NotPcapng,
            other => other,
        })?;
        match u32::from_le_bytes(kind) {
            block::SECTION_HEADER => self.read_section(),
            0xA1B2_C3D4 | 0xD4C3_B2A1 | 0xA1B2_3C4D | 0x4D3C_B2A1 => {
                Err(ReadErrorKind::ClassicPcap)
            }
            _ => Err(ReadErrorKind::NotPcapng),
        }
    }

    /// Reads blocks up to the next packet.
    fn next_packet(&mut self) -> Result<Option<CapturedPacket>, ReadErrorKind> {
        loop {
            self.block_offset = self.offset;
            if self.at_end()? {
                return Ok(None);
            }
            let kind = self.array()?;
            match self.endian.u32(kind) {
                block::SECTION_HEADER => self.read_section()?,
                block::INTERFACE_DESCRIPTION => {
                    let content = self.content()?;
                    self.interfaces.push(interface(content)?);
                }
                block::ENHANCED_PACKET => {
                    let content = self.content()?;
                    return self.packet(content).map(Some);
                }
                block::SIMPLE_PACKET => return Err(ReadErrorKind::Unsupported("simple packet")),
                block::OBSOLETE_PACKET => return Err(ReadErrorKind::Unsupported("packet")),
                _ => self.skip()?,
            }
        }
    }

    fn read_section(&mut self) -> Result<(), ReadErrorKind> {
        let length = self.array()?;
        self.endian = match self.array()? {
            magic if u32::from_le_bytes(magic) == block::BYTE_ORDER_MAGIC => Endian::Little,
            magic if u32::from_be_bytes(magic) == block::BYTE_ORDER_MAGIC => Endian::Big,
            _ => return Err(ReadErrorKind::NotPcapng),
        };
        let length = self.endian.u32(length);
        let mut content = self.content_of(length, 4)?;
        let (major, minor) = (content.u16("version")?, content.u16("version")?);
        if major != 1 {
            return Err(ReadErrorKind::Version { major, minor });
        }
        content.take(8, "section length")?;
        self.first_interface = self.interfaces.len();
        self.section = Section::default();
        while let Some((code, value)) = content.option()? {
            match code {
                block::OPT_COMMENT => self.section.comments.push(text(&value)),
                block::SHB_HARDWARE => self.section.hardware = Some(text(&value)),
                block::SHB_OS => self.section.os = Some(text(&value)),
                block::SHB_USERAPPL => self.section.user_application = Some(text(&value)),
                _ => {}
            }
        }
        Ok(())
    }

    fn packet(&self, mut content: Content) -> Result<CapturedPacket, ReadErrorKind> {
        let number = content.u32("interface")?;
        let index = self.first_interface + number as usize;
        let (_, clock) = self
            .interfaces
            .get(index)
            .ok_or(ReadErrorKind::NoSuchInterface(number))?;
        let (upper, lower) = (content.u32("time")?, content.u32("time")?);
        let length = content.u32("lengths")? as usize;
        let mut packet = CapturedPacket {
            interface: InterfaceId(index as u32),
            time_ns: clock
                .nanoseconds(u64::from(upper) << 32 | u64::from(lower))
                .ok_or(ReadErrorKind::Time)?,
            direction: None,
            comments: Vec::new(),
            original_length: content.u32("lengths")?,
            bytes: content.take_padded(length, "packet")?,
        };
        while let Some((code, value)) = content.option()? {
            match code {
                block::OPT_COMMENT => packet.comments.push(text(&value)),
                block::EPB_FLAGS => {
                    let flags = content.endian.u32(fixed(&value)?);
                    packet.direction = match flags & block::DIRECTION {
                        block::INBOUND => Some(Direction::Inbound),
                        block::OUTBOUND => Some(Direction::Outbound),
                        _ => None,
                    };
                }
                _ => {}
            }
        }
        Ok(packet)
    }

    fn at_end(&mut self) -> Result<bool, ReadErrorKind> {
        Ok(io::BufRead::fill_buf(&mut self.source)?.is_empty())
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], ReadErrorKind> {
        let mut array = [0; N];
        self.source
            .read_exact(&mut array)
            .map_err(|error| match error.kind() {
                io::ErrorKind::UnexpectedEof => ReadErrorKind::Truncated,
                _ => ReadErrorKind::Io(error),
            })?;
        self.offset += N as u64;
        Ok(array)
    }

    /// Reads the length behind a block's type, and the block's content.
    fn content(&mut self) -> Result<Content, ReadErrorKind> {
        let length = self.array()?;
        self.content_of(self.endian.u32(length), 0)
    }

    /// Reads the rest of a block of which some content has been read already.
    fn content_of(&mut self, length: u32, read: u32) -> Result<Content, ReadErrorKind> {
        let count = content_length(length, read)?;
        // Grows with what is there, not with what the length claims.
        let mut bytes = Vec::with_capacity(count.min(64 << 10) as usize);
        (&mut self.source)
            .take(count.into())
            .read_to_end(&mut bytes)?;
        self.offset += bytes.len() as u64;
        if bytes.len() < count as usize {
            return Err(ReadErrorKind::Truncated);
        }
        self.end_of(length)?;
        Ok(Content {
            bytes: Bytes::from(bytes),
            endian: self.endian,
        })
    }

    fn skip(&mut self) -> Result<(), ReadErrorKind> {
        let length = self.array()?;
        let length = self.endian.u32(length);
        let count = u64::from(content_length(length, 0)?);
        let skipped = io::copy(&mut (&mut self.source).take(count), &mut io::sink())?;
        self.offset += skipped;
        match skipped == count {
            true => self.end_of(length),
            false => Err(ReadErrorKind::Truncated),
        }
    }

    fn end_of(&mut self, front: u32) -> Result<(), ReadErrorKind> {
        let back = self.array()?;
        let back = self.endian.u32(back);
        match front == back {
            true => Ok(()),
            false => Err(ReadErrorKind::LengthsDiffer { front, back }),
        }
    }
}

impl<R: Read> Iterator for Reader<R> {
    type Item = Result<CapturedPacket, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let packet = self.next_packet().map_err(|kind| ReadError {
            offset: self.block_offset,
            kind,
        });
        self.ended = !matches!(packet, Ok(Some(_)));
        packet.transpose()
    }
}

/// How many bytes of content are still to come in a block of this length.
fn content_length(length: u32, read: u32) -> Result<u32, ReadErrorKind> {
    length
        .checked_sub(block::FRAME + read)
        .filter(|_| length <= block::GREATEST && length.is_multiple_of(4))
        .ok_or(ReadErrorKind::BlockLength(length))
}

fn interface(mut content: Content) -> Result<(Interface, Clock), ReadErrorKind> {
    let link_type = LinkType(content.u16("link type")?);
    content.take(2, "link type")?;
    let mut interface = Interface {
        name: None,
        description: None,
        link_type,
        snapshot_length: content.u32("snapshot length")?,
    };
    let mut clock = Clock::default();
    while let Some((code, value)) = content.option()? {
        match code {
            block::IF_NAME => interface.name = Some(text(&value)),
            block::IF_DESCRIPTION => interface.description = Some(text(&value)),
            block::IF_TSRESOL => [clock.resolution] = fixed(&value)?,
            block::IF_TSOFFSET => clock.offset_s = content.endian.i64(fixed(&value)?),
            _ => {}
        }
    }
    Ok((interface, clock))
}
