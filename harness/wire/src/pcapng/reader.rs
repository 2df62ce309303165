//! Reading capture files.

use std::io::Read;

use super::blocks::Blocks;
use super::content::{Content, Options, Room, fixed, text};
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
/// Its memory does not grow with the file: one block of at most 16 MiB, and of
/// all else what has a limit, behind which the file counts as wrong. These are
/// 16,384 interfaces with 1 MiB of names and descriptions, and for one block
/// 1,024 comments with 1 MiB.
///
/// It buffers by itself. As an iterator it copies every packet out of that
/// buffer; whoever only looks at most of them takes them by
/// [`next_ref`](Self::next_ref).
///
/// ```
/// # use sctp_wire::pcapng::{CapturedPacket, Interface, Reader, Section, Writer};
/// # let mut writer = Writer::new(Vec::new(), &Section::default())?;
/// # let eth0 = writer.add_interface(&Interface::ethernet("eth0"))?;
/// # for size in [60, 1500, 60] {
/// #     writer.write_packet(&CapturedPacket::new(eth0, 0, vec![0; size]))?;
/// # }
/// # let file = writer.finish()?;
/// let mut reader = Reader::new(&file[..])?;
/// let mut large = Vec::new();
/// while let Some(packet) = reader.next_ref()? {
///     if packet.bytes.len() > 1000 {
///         large.push(CapturedPacket::from(packet));
///     }
/// }
/// assert_eq!(large.len(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Reader<R> {
    blocks: Blocks<R>,
    section: Section,
    interfaces: Vec<(Interface, Clock)>,
    /// Bytes of the interfaces' texts.
    interface_text: usize,
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
            interface_text: 0,
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

    /// How many interfaces have been described so far.
    #[must_use]
    pub fn interface_count(&self) -> usize {
        self.interfaces.len()
    }

    /// The next packet, to look at; `None` if there is none.
    ///
    /// # Errors
    /// What is wrong with the file there. It cannot be read on.
    #[inline]
    pub fn next_ref(&mut self) -> Result<Option<PacketRef<'_>>, ReadError> {
        // It has, unless a packet is found.
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

    /// Reads blocks up to the next packet; `false` if there is none.
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

impl<R: Read> Iterator for Reader<R> {
    type Item = Result<CapturedPacket, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        let next = self.next_ref().transpose()?;
        Some(next.map(CapturedPacket::from))
    }
}

/// The packet in an enhanced packet block, whose interface counts from `first`.
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
