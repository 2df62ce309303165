//! Reading capture files.

use std::io::Read;

use bytes::Bytes;

use super::blocks::Blocks;
use super::content::{Content, fixed, text};
use super::time::Clock;
use super::{
    CapturedPacket, Direction, Interface, InterfaceId, ReadError, ReadErrorKind, Section, number,
};
use crate::buffered::Buffered;
use crate::frame::LinkType;
use crate::pcap;

/// Gives the packets of a capture one after the other, as they stand in the
/// file.
///
/// It reads either byte order, any time resolution and several sections, and
/// skips blocks that hold no packets. Of a file that ends too early or goes
/// wrong it gives what comes before, then the error, then nothing more.
///
/// It buffers by itself. Packets share that buffer: whoever keeps a few of many
/// should copy their bytes.
#[derive(Debug)]
pub struct Reader<R> {
    blocks: Blocks<R>,
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
        Self::of(Buffered::new(source))
    }

    pub(crate) fn of(source: Buffered<R>) -> Result<Self, ReadError> {
        let mut reader = Self {
            blocks: Blocks::new(source),
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
        match self.blocks.peek()?.map(u32::from_le_bytes) {
            Some(number::SECTION_HEADER) => {}
            Some(number) if pcap::is_magic(number) => return Err(ReadErrorKind::ClassicPcap),
            _ => return Err(ReadErrorKind::NotPcapng),
        }
        match self.blocks.next()? {
            Some(_) => self.begin_section(),
            None => Err(ReadErrorKind::NotPcapng),
        }
    }

    /// Reads blocks up to the next packet.
    fn next_packet(&mut self) -> Result<Option<CapturedPacket>, ReadErrorKind> {
        while let Some(kind) = self.blocks.next()? {
            match kind {
                number::SECTION_HEADER => self.begin_section()?,
                number::INTERFACE_DESCRIPTION => {
                    self.interfaces.push(interface(self.blocks.content())?);
                }
                number::ENHANCED_PACKET => return self.packet().map(Some),
                number::SIMPLE_PACKET => return Err(ReadErrorKind::Unsupported("simple packet")),
                number::OBSOLETE_PACKET => return Err(ReadErrorKind::Unsupported("packet")),
                _ => {}
            }
        }
        Ok(None)
    }

    fn begin_section(&mut self) -> Result<(), ReadErrorKind> {
        let mut content = self.blocks.content();
        content.u32("byte order")?;
        let (major, minor) = (content.u16("version")?, content.u16("version")?);
        if major != 1 {
            return Err(ReadErrorKind::Version { major, minor });
        }
        content.take(8, "section length")?;
        self.first_interface = self.interfaces.len();
        self.section = Section::default();
        while let Some((code, value)) = content.option()? {
            match code {
                number::OPT_COMMENT => self.section.comments.push(text(value)),
                number::SHB_HARDWARE => self.section.hardware = Some(text(value)),
                number::SHB_OS => self.section.os = Some(text(value)),
                number::SHB_USERAPPL => self.section.user_application = Some(text(value)),
                _ => {}
            }
        }
        Ok(())
    }

    fn packet(&mut self) -> Result<CapturedPacket, ReadErrorKind> {
        let mut content = self.blocks.content();
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
            bytes: Bytes::new(),
        };
        content.take_padded(length, "packet")?;
        while let Some((code, value)) = content.option()? {
            match code {
                number::OPT_COMMENT => packet.comments.push(text(value)),
                number::EPB_FLAGS => {
                    let flags = content.endian.u32(fixed(value)?);
                    packet.direction = match flags & number::DIRECTION {
                        number::INBOUND => Some(Direction::Inbound),
                        number::OUTBOUND => Some(Direction::Outbound),
                        _ => None,
                    };
                }
                _ => {}
            }
        }
        packet.bytes = self.blocks.take(BEFORE_PACKET..BEFORE_PACKET + length);
        Ok(packet)
    }
}

/// Bytes of an enhanced packet block before the packet: interface, time and
/// lengths.
const BEFORE_PACKET: usize = 20;

impl<R: Read> Iterator for Reader<R> {
    type Item = Result<CapturedPacket, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let packet = self.next_packet().map_err(|kind| ReadError {
            offset: self.blocks.current(),
            kind,
        });
        self.ended = !matches!(packet, Ok(Some(_)));
        packet.transpose()
    }
}

fn interface(mut content: Content<'_>) -> Result<(Interface, Clock), ReadErrorKind> {
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
            number::IF_NAME => interface.name = Some(text(value)),
            number::IF_DESCRIPTION => interface.description = Some(text(value)),
            number::IF_TSRESOL => [clock.resolution] = fixed(value)?,
            number::IF_TSOFFSET => clock.offset_s = content.endian.i64(fixed(value)?),
            _ => {}
        }
    }
    Ok((interface, clock))
}
