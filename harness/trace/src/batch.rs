//! Batches of captured packets.

use std::borrow::Cow;
use std::io::Read;
use std::ops::Range;

use pcapng::Reader;
use pcapng::{Direction, PacketRef, ReadError};
use wire::frame::{LinkType, Put, Reassembly};

/// Greatest number of packets in a batch; the number of bytes is limited, too. Waking the
/// thread that waits for a batch takes as long as reading a hundred packets.
pub(crate) const PACKETS: usize = 2048;
const BYTES: usize = 256 << 10;

/// Greatest number of bytes that are kept of a packet. No IP packet is longer except a
/// jumbogram (RFC 2675), and no jumbogram carries SCTP.
const KEPT: usize = 80 << 10;

/// Greatest length of the first comment on a packet that is kept.
const REMARK: usize = 400;

/// Packets whose bytes lie in one buffer. Making, passing on and dropping a batch costs
/// little more than for one packet.
#[derive(Debug, Default)]
pub(crate) struct Batch {
    pub(crate) packets: Vec<Entry>,
    pub(crate) bytes: Vec<u8>,
    /// Whether several interfaces were captured, so that one packet may be there twice.
    pub(crate) has_many_interfaces: bool,
    /// Number of packets that were left out because they had been captured before.
    pub(crate) copies: u64,
}

/// Metadata of one packet.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) time_ns: u64,
    /// Number of the packet in the file, from 1.
    pub(crate) number: u64,
    pub(crate) interface: usize,
    pub(crate) direction: Option<Direction>,
    pub(crate) link_type: LinkType,
    /// Place of the packet's bytes in the buffer.
    pub(crate) bytes: Range<usize>,
    /// Number of fragments in which the packet came.
    pub(crate) fragments: usize,
    /// Place of the SCTP packet in the buffer, if it is known.
    pub(crate) sctp: Option<Range<usize>>,
    /// The first comment on the packet.
    pub(crate) remark: Option<Box<str>>,
}

impl Batch {
    /// An empty batch.
    pub(crate) fn with_room() -> Self {
        Self {
            packets: Vec::with_capacity(PACKETS),
            bytes: Vec::with_capacity(BYTES),
            ..Self::default()
        }
    }

    /// Reads packets until the batch is full or the capture ends. `read` counts the
    /// packets that were read before.
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

    /// Replaces each fragment that completes an IP packet by the whole packet.
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

/// The comment; a long one is cut and marked as cut.
fn remark(text: Cow<'_, str>) -> Box<str> {
    if text.len() <= REMARK {
        return text.into();
    }
    let beginning = &text[..text.floor_char_boundary(REMARK)];
    format!("{beginning}…").into()
}
