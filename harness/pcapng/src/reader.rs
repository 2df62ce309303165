//! Reading captures in whichever format they are.

use std::io::Read;

use crate::buffered::Buffered;
use crate::{CapturedPacket, Interface, InterfaceId, PacketRef, ReadError, ReadErrorKind, Section};
use crate::{pcap, pcapng};

/// Gives the packets of a pcapng or pcap file one after the other, as they stand in it.
///
/// Of pcapng it reads either byte order, any time resolution and several sections, and
/// skips blocks that hold no packets. pcap has one interface without a name, no
/// directions and no comments. Of a file that ends too early or goes wrong it gives
/// what comes before, then the error, then nothing more.
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
    /// Begins to read: the header.
    ///
    /// # Errors
    /// If it is that of neither format.
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

    /// The next packet, to look at; `None` if there is none.
    ///
    /// # Errors
    /// What is wrong with the file there. It cannot be read on.
    #[inline]
    pub fn next_ref(&mut self) -> Result<Option<PacketRef<'_>>, ReadError> {
        match &mut self.0 {
            Format::Pcapng(reader) => reader.next_ref(),
            Format::Pcap(reader) => reader.next_ref(),
        }
    }

    /// An interface that a packet named.
    ///
    /// # Panics
    /// If the id comes from another reader, and this one has not so many.
    #[must_use]
    pub fn interface(&self, InterfaceId(id): InterfaceId) -> &Interface {
        self.described(id as usize)
            .expect("the id is one of this reader's")
    }

    /// All interfaces that have been described so far, in the order of their ids.
    pub fn interfaces(&self) -> impl Iterator<Item = &Interface> {
        (0..self.interface_count()).filter_map(|index| self.described(index))
    }

    /// How many interfaces have been described so far. In pcapng there may be more
    /// with each packet.
    #[must_use]
    pub fn interface_count(&self) -> usize {
        match &self.0 {
            Format::Pcapng(reader) => reader.interface_count(),
            Format::Pcap(_) => 1,
        }
    }

    /// What the present section of a pcapng file says about itself; `None` for pcap,
    /// which says nothing.
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

/// What else the file may be, by its first four bytes as a little-endian number.
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
