//! The packets of a capture, many at a time.

use std::borrow::Cow;
use std::io::Read;
use std::ops::Range;

use pcapng::Reader;
use pcapng::{Direction, PacketRef, ReadError};
use wire::frame::{LinkType, Put, Reassembly};

/// As many packets are enough, or as many bytes. To wake whoever waits for them
/// takes as long as to read a hundred.
pub(crate) const PACKETS: usize = 2048;
const BYTES: usize = 256 << 10;

/// So much is kept of a packet. IP has no longer one, but for jumbograms (RFC
/// 2675), which carry no SCTP anywhere.
const KEPT: usize = 80 << 10;

/// So much is kept of the first remark on a packet.
const REMARK: usize = 400;

/// Packets with their bytes side by side: so many cost little more than one to
/// make, to hand over and to drop.
#[derive(Debug, Default)]
pub(crate) struct Batch {
    pub(crate) packets: Vec<Entry>,
    pub(crate) bytes: Vec<u8>,
    /// Whether one packet may be there twice, as several interfaces saw it.
    pub(crate) has_many_interfaces: bool,
    /// How many were taken out, for they had been captured before.
    pub(crate) copies: u64,
}

/// What is known of a packet.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) time_ns: u64,
    /// Its number in the file, from 1.
    pub(crate) number: u64,
    pub(crate) interface: usize,
    pub(crate) direction: Option<Direction>,
    pub(crate) link_type: LinkType,
    /// Where its bytes lie.
    pub(crate) bytes: Range<usize>,
    /// In how many fragments it came.
    pub(crate) fragments: usize,
    /// Where among all bytes the SCTP packet in it lies, if that is known.
    pub(crate) sctp: Option<Range<usize>>,
    /// The first remark on it.
    pub(crate) remark: Option<Box<str>>,
}

impl Batch {
    /// An empty one.
    pub(crate) fn with_room() -> Self {
        Self {
            packets: Vec::with_capacity(PACKETS),
            bytes: Vec::with_capacity(BYTES),
            ..Self::default()
        }
    }

    /// Reads until it has so many packets or enough bytes, or the capture ends. `read`
    /// counts the packets that were read before.
    pub(crate) fn fill<R: Read>(
        &mut self,
        reader: &mut Reader<R>,
        read: &mut u64,
        most: usize,
    ) -> Result<(), ReadError> {
        while self.packets.len() < most
            && self.bytes.len() < BYTES
            && let Some(packet) = reader.next_ref()?
        {
            *read += 1;
            self.add(&packet, *read);
        }
        Ok(())
    }

    /// Makes of each fragment that completes an IP packet that packet.
    pub(crate) fn put_together(&mut self, reassembly: &mut Reassembly) {
        let Self { packets, bytes, .. } = self;
        for entry in packets {
            let frame = &bytes[entry.bytes.clone()];
            let put = reassembly.put(entry.interface, entry.time_ns, entry.link_type, frame);
            if let Put::Whole(whole) = put {
                let start = bytes.len();
                bytes.extend(whole.frame);
                entry.bytes = start..bytes.len();
                entry.fragments = whole.fragments;
            }
        }
    }

    #[inline]
    fn add(&mut self, packet: &PacketRef<'_>, number: u64) {
        let start = self.bytes.len();
        let kept = packet.bytes.len().min(KEPT);
        self.bytes.extend_from_slice(&packet.bytes[..kept]);
        self.packets.push(Entry {
            time_ns: packet.time_ns,
            number,
            interface: packet.interface.0 as usize,
            direction: packet.direction,
            link_type: packet.link_type,
            bytes: start..self.bytes.len(),
            fragments: 1,
            sctp: None,
            remark: packet.comments().next().map(remark),
        });
    }
}

/// The remark, or its beginning and what says that there is more.
fn remark(text: Cow<'_, str>) -> Box<str> {
    if text.len() <= REMARK {
        return text.into();
    }
    let beginning = &text[..text.floor_char_boundary(REMARK)];
    format!("{beginning}…").into()
}
