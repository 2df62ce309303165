//! Reads pcapng files.

use std::io::Read;

use super::blocks::Blocks;
use super::content::{Content, Options, Room, fixed, text};
use super::number;
use super::time::Clock;
use crate::buffered::Buffered;
use crate::{
    Direction, Interface, InterfaceId, LinkType, PacketRef, ReadError, ReadErrorKind, Section,
};

/// Reads the packets of a pcapng file, in the order of the file.
#[derive(Debug)]
pub(crate) struct Reader<R> {
    blocks: Blocks<R>,
    section: Section,
    interfaces: Vec<(Interface, Clock)>,
    /// Number of bytes in the interfaces' texts.
    interface_text: usize,
    /// Index of the current section's first interface.
    first_interface: usize,
    ended: bool,
}

impl<R: Read> Reader<R> {
    /// Reads the first section header.
    pub(crate) fn new(source: Buffered<R>) -> Result<Self, ReadError> {
        let mut reader = Self {
            blocks: Blocks::new(source),
            section: Section::default(),
            interfaces: Vec::new(),
            interface_text: 0,
            first_interface: 0,
            ended: false,
        };
        let begun = reader.begin();
        begun.map_err(|kind| ReadError { offset: 0, kind })?;
        Ok(reader)
    }

    /// The description of the current section.
    pub(crate) fn section(&self) -> &Section {
        &self.section
    }

    /// The interface with this index, if it has been described.
    pub(crate) fn interface(&self, index: usize) -> Option<&Interface> {
        self.interfaces.get(index).map(|(interface, _)| interface)
    }

    /// Number of interfaces that have been described so far.
    pub(crate) fn interface_count(&self) -> usize {
        self.interfaces.len()
    }

    /// Reads the next packet into the buffer; `None` at the end.
    #[inline]
    pub(crate) fn next_ref(&mut self) -> Result<Option<PacketRef<'_>>, ReadError> {
        // The stream counts as ended unless a packet is found.
        if std::mem::replace(&mut self.ended, true) {
            return Ok(None);
        }
        let packet = match self.find() {
            Ok(true) => packet(
                self.blocks.content(),
                &self.interfaces,
                self.first_interface,
            ),
            Ok(false) => return Ok(None),
            Err(kind) => Err(kind),
        };
        self.ended = packet.is_err();
        packet.map(Some).map_err(|kind| ReadError {
            offset: self.blocks.current(),
            kind,
        })
    }

    fn begin(&mut self) -> Result<(), ReadErrorKind> {
        match self.blocks.next()? {
            Some(_) => self.begin_section(),
            None => Err(ReadErrorKind::NotPcapng),
        }
    }

    /// Reads blocks up to the next packet. Returns `false` at the end of the stream.
    #[inline]
    fn find(&mut self) -> Result<bool, ReadErrorKind> {
        while let Some(kind) = self.blocks.next()? {
            match kind {
                number::ENHANCED_PACKET => return Ok(true),
                number::SECTION_HEADER => self.begin_section()?,
                number::INTERFACE_DESCRIPTION => self.add_interface()?,
                number::SIMPLE_PACKET => return Err(ReadErrorKind::Unsupported("simple packet")),
                number::OBSOLETE_PACKET => return Err(ReadErrorKind::Unsupported("packet")),
                _ => {}
            }
        }
        Ok(false)
    }

    fn add_interface(&mut self) -> Result<(), ReadErrorKind> {
        let (interface, clock) = interface(self.blocks.content())?;
        let texts = [&interface.name, &interface.description];
        let texts = texts.into_iter().flatten().map(String::len);
        self.interface_text += texts.sum::<usize>();
        if self.interfaces.len() >= number::MOST_INTERFACES
            || self.interface_text > number::MOST_INTERFACE_TEXT
        {
            return Err(ReadErrorKind::TooManyInterfaces {
                limit: number::MOST_INTERFACES,
                text_limit: number::MOST_INTERFACE_TEXT,
            });
        }
        self.interfaces.push((interface, clock));
        Ok(())
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
        let mut room = Room::of_a_block();
        while let Some((code, value)) = content.option()? {
            match code {
                number::OPT_COMMENT => {
                    room.take(value)?;
                    self.section.comments.push(text(value));
                }
                number::SHB_HARDWARE => self.section.hardware = Some(text(value)),
                number::SHB_OS => self.section.os = Some(text(value)),
                number::SHB_USERAPPL => self.section.user_application = Some(text(value)),
                _ => {}
            }
        }
        Ok(())
    }
}

/// The packet in an enhanced packet block. `first` is the index of the section's first
/// interface.
#[inline]
fn packet<'b>(
    mut content: Content<'b>,
    interfaces: &[(Interface, Clock)],
    first: usize,
) -> Result<PacketRef<'b>, ReadErrorKind> {
    let [number, upper, lower, length, original_length] = content.u32s("packet")?;
    let index = first + number as usize;
    let (interface, clock) = interfaces
        .get(index)
        .ok_or(ReadErrorKind::NoSuchInterface(number))?;
    let time_ns = clock
        .nanoseconds(u64::from(upper) << 32 | u64::from(lower))
        .ok_or(ReadErrorKind::Time)?;
    let bytes = content.take_padded(length as usize, "packet")?;
    let options = Options::new(content);
    let mut direction = None;
    let mut room = Room::of_a_block();
    while let Some((code, value)) = content.option()? {
        match code {
            number::EPB_FLAGS => {
                let flags = content.endian.u32(fixed(value)?);
                direction = match flags & number::DIRECTION {
                    number::INBOUND => Some(Direction::Inbound),
                    number::OUTBOUND => Some(Direction::Outbound),
                    _ => None,
                };
            }
            number::OPT_COMMENT => room.take(value)?,
            _ => {}
        }
    }
    Ok(PacketRef {
        interface: InterfaceId(index as u32),
        link_type: interface.link_type,
        time_ns,
        direction,
        original_length,
        bytes,
        options,
    })
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
