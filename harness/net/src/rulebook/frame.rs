//! A frame on its way through the fabric.

use std::cell::OnceCell;

use bytes::Bytes;
use rules::Protocol;
use wire::frame::{Other, Transport};
use wire::{Chunk, Packet};

use crate::layout::{Layout, PortId};

/// Bytes of an Ethernet header.
const ETHERNET: usize = 14;

/// A frame on its way through the fabric. The frame is decoded when the first rule needs
/// it; most frames meet no such rule.
#[derive(Debug)]
pub(crate) struct Frame<'a> {
    /// The port from which the frame came.
    pub(super) sender: PortId,
    pub(super) from: usize,
    pub(super) to: usize,
    /// Time of the frame, in nanoseconds of `CLOCK_MONOTONIC`.
    pub(super) at: u64,
    pub(super) bytes: &'a [u8],
    length: usize,
    decoded: OnceCell<Option<wire::Frame<'a>>>,
    chunks: OnceCell<Vec<Chunk>>,
}

impl<'a> Frame<'a> {
    pub(crate) fn new(layout: &Layout, sender: PortId, at: u64, bytes: &'a [u8]) -> Self {
        Self {
            sender,
            from: layout.port(sender).node,
            to: layout.port(sender.opposite()).node,
            at,
            bytes,
            length: bytes.len().saturating_sub(ETHERNET),
            decoded: OnceCell::new(),
            chunks: OnceCell::new(),
        }
    }

    /// The port from which the frame came.
    pub(crate) fn sender(&self) -> PortId {
        self.sender
    }

    /// The frame with the length of its longest fragment, for a packet that came in
    /// fragments.
    pub(crate) fn in_fragments<'p>(self, parts: impl Iterator<Item = &'p [u8]>) -> Self {
        let lengths = parts.map(|part| part.len().saturating_sub(ETHERNET));
        Self {
            length: lengths.max().unwrap_or(self.length),
            ..self
        }
    }

    /// The decoded frame; `None` if it has no whole IP header.
    pub(super) fn decoded(&self) -> Option<&wire::Frame<'a>> {
        self.decoded
            .get_or_init(|| wire::Frame::decode(self.bytes).ok())
            .as_ref()
    }

    /// Length of the IP packet, as an MTU counts it.
    pub(super) fn length(&self) -> usize {
        self.length
    }

    pub(super) fn sctp(&self) -> Option<&'a [u8]> {
        self.decoded()?.sctp()
    }

    /// Protocol of the frame; `None` for a fragment that was not reassembled.
    pub(super) fn protocol(&self) -> Option<Protocol> {
        match self.decoded()?.transport {
            Transport::Sctp(_) => Some(Protocol::Sctp),
            Transport::UdpEncapsulated { .. } | Transport::Other(Other::Udp { .. }) => {
                Some(Protocol::Udp)
            }
            Transport::Other(Other::Tcp) => Some(Protocol::Tcp),
            Transport::Icmp(_) => Some(Protocol::Icmp),
            Transport::Other(Other::Arp { .. }) => Some(Protocol::Arp),
            Transport::Other(_) => None,
        }
    }

    /// Source and destination port: of SCTP, or else of the UDP datagram.
    pub(super) fn ports(&self) -> Option<(u16, u16)> {
        if let Transport::Other(Other::Udp {
            source_port,
            destination_port,
        }) = self.decoded()?.transport
        {
            return Some((source_port, destination_port));
        }
        // The ports are the first fields of the common header (RFC 9260, section 3.1).
        match *self.sctp()? {
            [a, b, c, d, ..] => Some((u16::from_be_bytes([a, b]), u16::from_be_bytes([c, d]))),
            _ => None,
        }
    }

    /// The well-formed chunks before the first malformed one.
    pub(super) fn chunks(&self) -> &[Chunk] {
        self.chunks.get_or_init(|| {
            let decode = |sctp| Packet::decode_lenient(&Bytes::copy_from_slice(sctp)).ok();
            let decoded = self.sctp().and_then(decode);
            decoded.map_or_else(Vec::new, |decoded| decoded.packet.chunks)
        })
    }
}
