//! Packets of a capture in the form of a recording's packets.

use std::rc::Rc;

use bytes::Bytes;
use recording::{Direction, PacketView, Time, sctp_in};
use wire::frame::{Frame, FrameError, LinkType};

use super::batch::{Batch, Entry};
use super::copies::{Seen, link_header};
use super::ends::Conversation;

/// A packet of a capture. Its bytes lie in a buffer that it shares with the other packets
/// of its batch.
#[derive(Clone, Debug)]
pub struct Packet {
    batch: Rc<Batch>,
    index: usize,
}

impl Packet {
    /// The packet at this index; `None` if the batch has fewer packets.
    #[inline]
    pub(crate) fn of(batch: &Rc<Batch>, index: usize) -> Option<Self> {
        (index < batch.packets.len()).then(|| Self {
            batch: Rc::clone(batch),
            index,
        })
    }

    #[inline]
    fn entry(&self) -> &Entry {
        &self.batch.packets[self.index]
    }

    /// Number of the packet in the file, from 1, as Wireshark counts. A reassembled IP
    /// packet has the number of its last fragment.
    #[must_use]
    pub fn number_in_file(&self) -> u64 {
        self.entry().number
    }

    pub(crate) fn time_ns(&self) -> u64 {
        self.entry().time_ns
    }

    /// The direction of the packet at its interface, where the capture records it.
    pub(crate) fn known_direction(&self) -> Option<pcapng::Direction> {
        self.entry().direction
    }

    /// The features by which copies of the packet are recognised.
    pub(crate) fn seen<'p>(
        &'p self,
        frame: &'p Frame<'p>,
        conversation: Conversation,
        sctp: &'p [u8],
    ) -> Seen<'p> {
        let entry = self.entry();
        Seen {
            at: entry.time_ns,
            interface: entry.interface,
            has_many_interfaces: self.batch.has_many_interfaces,
            link_header: link_header(entry.link_type, self.bytes()),
            frame,
            conversation,
            sctp,
        }
    }

    /// The packet in an Ethernet frame: the frame in which it was captured, or one with
    /// hardware addresses of zero.
    pub(crate) fn in_ethernet(&self) -> Option<Bytes> {
        let link_type = self.entry().link_type;
        if link_type == LinkType::ETHERNET {
            return Some(Bytes::copy_from_slice(self.bytes()));
        }
        let ip = self.bytes().get(link_type.header_length()?..)?;
        // The version is the first four bits of either header.
        let ethertype: u16 = match ip.first()? >> 4 {
            4 => 0x0800,
            6 => 0x86dd,
            _ => return None,
        };
        let frame = [&[0; 12][..], &ethertype.to_be_bytes(), ip].concat();
        Some(frame.into())
    }
}

impl PacketView for Packet {
    #[inline]
    fn at(&self) -> Time {
        Time::from_nanos(self.time_ns())
    }

    #[inline]
    fn interface(&self) -> usize {
        self.entry().interface
    }

    #[inline]
    fn direction(&self) -> Direction {
        match self.entry().direction {
            Some(pcapng::Direction::Outbound) => Direction::Out,
            Some(pcapng::Direction::Inbound) | None => Direction::In,
        }
    }

    #[inline]
    fn fault(&self) -> Option<&str> {
        self.entry().remark.as_deref()
    }

    #[inline]
    fn bytes(&self) -> &[u8] {
        &self.batch.bytes[self.entry().bytes.clone()]
    }

    fn link_type(&self) -> LinkType {
        self.entry().link_type
    }

    #[inline]
    fn number(&self) -> Option<u64> {
        Some(self.number_in_file())
    }

    fn fragments(&self) -> usize {
        self.entry().fragments
    }

    #[inline]
    fn frame(&self) -> Result<Frame<'_>, FrameError> {
        Frame::decode_captured(self.entry().link_type, self.bytes())
    }

    #[inline]
    fn sctp(&self) -> Result<&[u8], String> {
        match &self.entry().sctp {
            Some(known) => Ok(&self.batch.bytes[known.clone()]),
            None => sctp_in(self.frame()),
        }
    }

    fn keep(&self, part: &[u8]) -> Bytes {
        Bytes::copy_from_slice(part)
    }
}
