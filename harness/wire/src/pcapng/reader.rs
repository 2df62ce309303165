//! Reading capture files.

use std::io::Read;

use super::blocks::Blocks;
use super::content::{Content, Options, fixed, text};
use super::time::Clock;
use super::{
    CapturedPacket, Direction, Interface, InterfaceId, PacketRef, ReadError, ReadErrorKind,
    Section, number,
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
/// It buffers by itself. As an iterator it copies every packet out of that
/// buffer; whoever only looks at most of them goes on by
/// [`advance`](Self::advance) and looks at [`packet`](Self::packet).
///
/// ```
/// # use wire::pcapng::{CapturedPacket, Interface, Reader, Section, Writer};
/// # let mut writer = Writer::new(Vec::new(), &Section::default())?;
/// # let eth0 = writer.add_interface(&Interface::ethernet("eth0"))?;
/// # for size in [60, 1500, 60] {
/// #     writer.write_packet(&CapturedPacket::new(eth0, 0, vec![0; size]))?;
/// # }
/// # let file = writer.finish()?;
/// let mut reader = Reader::new(&file[..])?;
/// let mut large = Vec::new();
/// while reader.advance()? {
///     large.extend(reader.packet().filter(|it| it.bytes.len() > 1000).map(CapturedPacket::from));
/// }
/// assert_eq!(large.len(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Reader<R> {
    blocks: Blocks<R>,
    section: Section,
    interfaces: Vec<(Interface, Clock)>,
    /// Where the interfaces of the present section begin.
    first_interface: usize,
    /// The packet in the present block.
    found: Option<Found>,
    ended: bool,
}

/// What a packet's block says about it, and where in the block's content its
/// options begin.
#[derive(Clone, Copy, Debug)]
struct Found {
    interface: InterfaceId,
    time_ns: u64,
    direction: Option<Direction>,
    original_length: u32,
    length: usize,
    options: usize,
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
            found: None,
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

    /// Goes on to the next packet; `false` if there is none.
    ///
    /// # Errors
    /// What is wrong with the file there. It cannot be gone on from.
    pub fn advance(&mut self) -> Result<bool, ReadError> {
        self.found = None;
        if self.ended {
            return Ok(false);
        }
        let found = self.find();
        self.ended = !matches!(found, Ok(Some(_)));
        self.found = found.map_err(|kind| ReadError {
            offset: self.blocks.current(),
            kind,
        })?;
        Ok(!self.ended)
    }

    /// The packet that was gone on to; `None` before the first and after the
    /// last.
    #[must_use]
    pub fn packet(&self) -> Option<PacketRef<'_>> {
        let found = self.found.as_ref()?;
        let Content { bytes, endian } = self.blocks.content();
        Some(PacketRef {
            interface: found.interface,
            time_ns: found.time_ns,
            direction: found.direction,
            original_length: found.original_length,
            bytes: &bytes[BEFORE_PACKET..BEFORE_PACKET + found.length],
            options: Options::new(Content {
                bytes: &bytes[found.options..],
                endian,
            }),
        })
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
    fn find(&mut self) -> Result<Option<Found>, ReadErrorKind> {
        while let Some(kind) = self.blocks.next()? {
            match kind {
                number::SECTION_HEADER => self.begin_section()?,
                number::INTERFACE_DESCRIPTION => {
                    self.interfaces.push(interface(self.blocks.content())?);
                }
                number::ENHANCED_PACKET => return self.look_at_packet().map(Some),
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

    #[inline]
    fn look_at_packet(&self) -> Result<Found, ReadErrorKind> {
        let mut content = self.blocks.content();
        let size = content.bytes.len();
        let number = content.u32("interface")?;
        let index = self.first_interface + number as usize;
        let (_, clock) = self
            .interfaces
            .get(index)
            .ok_or(ReadErrorKind::NoSuchInterface(number))?;
        let (upper, lower) = (content.u32("time")?, content.u32("time")?);
        let length = content.u32("lengths")? as usize;
        let time_ns = clock
            .nanoseconds(u64::from(upper) << 32 | u64::from(lower))
            .ok_or(ReadErrorKind::Time)?;
        let original_length = content.u32("lengths")?;
        content.take_padded(length, "packet")?;
        let options = size - content.bytes.len();
        let mut direction = None;
        while let Some((code, value)) = content.option()? {
            if code == number::EPB_FLAGS {
                let flags = content.endian.u32(fixed(value)?);
                direction = match flags & number::DIRECTION {
                    number::INBOUND => Some(Direction::Inbound),
                    number::OUTBOUND => Some(Direction::Outbound),
                    _ => None,
                };
            }
        }
        Ok(Found {
            interface: InterfaceId(index as u32),
            time_ns,
            direction,
            original_length,
            length,
            options,
        })
    }
}

/// Bytes of an enhanced packet block before the packet: interface, time and
/// lengths.
const BEFORE_PACKET: usize = 20;

impl<R: Read> Iterator for Reader<R> {
    type Item = Result<CapturedPacket, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        match self.advance() {
            Ok(_) => self.packet().map(|packet| Ok(packet.into())),
            Err(error) => Some(Err(error)),
        }
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
