//! Reading captures in whichever format they are.

use std::io::Read;

use crate::buffered::Buffered;
use crate::pcapng::{CapturedPacket, Interface, PacketRef, ReadError, ReadErrorKind, Section};
use crate::{pcap, pcapng};

/// Gives the packets of a pcapng or pcap file one after the other: as an
/// iterator, or to look at only, as [`pcapng::Reader`] does.
///
/// Of a file that ends too early or goes wrong it gives what comes before, then
/// the error, then nothing more.
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
                Ok(Self(Format::Pcap(pcap::Reader::of(source)?)))
            }
            Some(magic) if pcapng::is_magic(magic) => {
                Ok(Self(Format::Pcapng(pcapng::Reader::of(source)?)))
            }
            magic => Err(at_start(
                magic.map_or(ReadErrorKind::NoCapture, other_format),
            )),
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

    /// All interfaces that have been described so far, in the order of their ids.
    #[must_use]
    pub fn interfaces(&self) -> Vec<&Interface> {
        match &self.0 {
            Format::Pcapng(reader) => reader.interfaces().map(|(_, it)| it).collect(),
            Format::Pcap(reader) => vec![reader.interface()],
        }
    }

    /// How many interfaces have been described so far.
    #[must_use]
    pub fn interface_count(&self) -> usize {
        match &self.0 {
            Format::Pcapng(reader) => reader.interface_count(),
            Format::Pcap(_) => 1,
        }
    }

    /// What a pcapng file says about itself.
    #[must_use]
    pub fn section(&self) -> Option<&Section> {
        match &self.0 {
            Format::Pcapng(reader) => Some(reader.section()),
            Format::Pcap(_) => None,
        }
    }
}

/// What else the file may be, by its first four bytes as a little-endian number.
fn other_format(magic: u32) -> ReadErrorKind {
    let (what, remedy) = match magic.to_le_bytes() {
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
    ReadErrorKind::OtherFormat(what, remedy)
}

impl<R: Read> Iterator for Reader<R> {
    type Item = Result<CapturedPacket, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        match &mut self.0 {
            Format::Pcapng(reader) => reader.next(),
            Format::Pcap(reader) => reader.next(),
        }
    }
}
