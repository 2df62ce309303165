//! Reads captures of either format.

use std::io::Read;

use crate::buffered::Buffered;
use crate::{CapturedPacket, Interface, InterfaceId, PacketRef, ReadError, ReadErrorKind, Section};
use crate::{pcap, pcapng};

/// Reads the packets of a pcapng or pcap file, in the order of the file.
///
/// In pcapng, both byte orders, all time resolutions and several sections are supported,
/// and blocks without packets are skipped. pcap has one interface without a name, no
/// directions and no comments. A truncated or damaged file gives its packets up to the
/// damage, then the error, then nothing more.
///
/// Memory does not grow with the file: one block of at most 16 MiB is kept, 16,384
/// interfaces with 1 MiB of names and descriptions, and for one block 1,024 comments with
/// 1 MiB. A file beyond these limits counts as damaged.
///
/// The reader has a buffer of its own. The iterator copies every packet out of the
/// buffer; [`next_ref`](Self::next_ref) gives packets without copying them.
///
/// ```
/// # use pcapng_stream::{CapturedPacket, Interface, Reader, Section, Writer};
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
pub struct Reader<R>(Format<R>);

#[derive(Debug)]
enum Format<R> {
    Pcapng(pcapng::Reader<R>),
    Pcap(pcap::Reader<R>),
}

impl<R: Read> Reader<R> {
    /// Reads the header of the file.
    ///
    /// # Errors
    /// If the header cannot be read, or belongs to neither format.
    pub fn new(source: R) -> Result<Self, ReadError> {
        let mut source = Buffered::new(source);
        let at_start = |kind| ReadError { offset: 0, kind };
        let is_long_enough = source.fill(4).map_err(|error| at_start(error.into()))?;
        let magic = is_long_enough.then(|| u32::from_le_bytes(source.array(0)));
        match magic {
            Some(magic) if pcap::is_magic(magic) => {
                Ok(Self(Format::Pcap(pcap::Reader::new(source)?)))
            }
            Some(magic) if pcapng::is_magic(magic) => {
                Ok(Self(Format::Pcapng(pcapng::Reader::new(source)?)))
            }
            Some(magic) => Err(at_start(other_format(magic))),
            None => Err(at_start(ReadErrorKind::NoHeader)),
        }
    }

    /// Reads the next packet into the buffer; `None` at the end.
    ///
    /// # Errors
    /// The damage of the file at that place. The rest cannot be read.
    #[inline]
    pub fn next_ref(&mut self) -> Result<Option<PacketRef<'_>>, ReadError> {
        match &mut self.0 {
            Format::Pcapng(reader) => reader.next_ref(),
            Format::Pcap(reader) => reader.next_ref(),
        }
    }

    /// The interface with this index, which a packet of this reader gave.
    ///
    /// # Panics
    /// If the index comes from another reader, and this reader has fewer interfaces.
    #[must_use]
    pub fn interface(&self, InterfaceId(id): InterfaceId) -> &Interface {
        self.described(id as usize)
            .expect("the id is one of this reader's")
    }

    /// All interfaces that have been described so far, in the order of their ids.
    pub fn interfaces(&self) -> impl Iterator<Item = &Interface> {
        (0..self.interface_count()).filter_map(|index| self.described(index))
    }

    /// Number of interfaces that have been described so far. In pcapng, the number may
    /// grow with each packet.
    #[must_use]
    pub fn interface_count(&self) -> usize {
        match &self.0 {
            Format::Pcapng(reader) => reader.interface_count(),
            Format::Pcap(_) => 1,
        }
    }

    /// The description of the current section of a pcapng file; `None` for pcap, which
    /// has none.
    #[must_use]
    pub fn section(&self) -> Option<&Section> {
        match &self.0 {
            Format::Pcapng(reader) => Some(reader.section()),
            Format::Pcap(_) => None,
        }
    }

    fn described(&self, index: usize) -> Option<&Interface> {
        match &self.0 {
            Format::Pcapng(reader) => reader.interface(index),
            Format::Pcap(reader) => (index == 0).then(|| reader.interface()),
        }
    }
}

/// Another known format of the file, by its first four bytes as a little-endian number.
fn other_format(magic: u32) -> ReadErrorKind {
    let (what, remedy) = match magic.to_le_bytes() {
        [0x1f, 0x8b, ..] => ("packed by gzip", "gunzip FILE"),
        [0x28, 0xb5, 0x2f, 0xfd] => ("packed by zstd", "zstd -d FILE"),
        [0x04, 0x22, 0x4d, 0x18] => ("packed by lz4", "lz4 -d FILE"),
        [0xfd, b'7', b'z', b'X'] => ("packed by xz", "xz -d FILE"),
        [b'B', b'Z', b'h', _] => ("packed by bzip2", "bzip2 -d FILE"),
        [b'P', b'K', 3, 4] => ("a zip archive", "unzip FILE"),
        [b's', b'n', b'o', b'o'] => ("a snoop file", "editcap -F pcapng FILE OUT"),
        [b'X', b'C', b'P', 0] => ("a file of NetXRay", "editcap -F pcapng FILE OUT"),
        [b'G', b'M', b'B', b'U'] => ("a file of Network Monitor", "editcap -F pcapng FILE OUT"),
        _ => return ReadErrorKind::NoCapture,
    };
    ReadErrorKind::OtherFormat { what, remedy }
}

impl<R: Read> Iterator for Reader<R> {
    type Item = Result<CapturedPacket, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        let next = self.next_ref().transpose()?;
        Some(next.map(CapturedPacket::from))
    }
}
