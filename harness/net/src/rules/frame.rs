//! A frame on its way through the fabric.

use std::cell::OnceCell;

use bytes::Bytes;
use wire::frame::{Other, Transport};
use wire::{Chunk, Packet};

use super::matching::Protocol;
use crate::layout::{Layout, PortId};

/// Bytes of an Ethernet header.
const ETHERNET: usize = 14;

/// A frame on its way through the fabric. It is decoded when the first rule
/// asks: most frames meet none that does.
#[derive(Debug)]
pub(crate) struct Frame<'a> {
    /// The port that it came from.
    pub(super) sender: PortId,
    pub(super) from: usize,
    pub(super) to: usize,
    /// When it came, in nanoseconds of `CLOCK_MONOTONIC`.
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

    /// The port that it came from.
    pub(crate) fn sender(&self) -> PortId {
        self.sender
    }

    /// Of a packet that comes in fragments: an MTU counts the longest.
    pub(crate) fn in_fragments<'p>(self, parts: impl Iterator<Item = &'p [u8]>) -> Self {
        let lengths = parts.map(|part| part.len().saturating_sub(ETHERNET));
        Self {
            length: lengths.max().unwrap_or(self.length),
            ..self
        }
    }

    /// `None` if it has no whole IP header.
    pub(super) fn decoded(&self) -> Option<&wire::Frame<'a>> {
        self.decoded
            .get_or_init(|| wire::Frame::decode(self.bytes).ok())
            .as_ref()
    }

    /// Of the IP packet, as an MTU counts it.
    pub(super) fn length(&self) -> usize {
        self.length
    }

    pub(super) fn sctp(&self) -> Option<&'a [u8]> {
        self.decoded()?.sctp()
    }

    /// `None` for a fragment whose packet did not become whole.
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

    /// The sender's and the receiver's port, of SCTP before those of a UDP
    /// datagram around it.
    pub(super) fn ports(&self) -> Option<(u16, u16)> {
        if let Transport::Other(Other::Udp {
            source_port,
            destination_port,
        }) = self.decoded()?.transport
        {
            return Some((source_port, destination_port));
        }
        // RFC 9260, section 3.1: they are the first of the common header.
        match *self.sctp()? {
            [a, b, c, d, ..] => Some((u16::from_be_bytes([a, b]), u16::from_be_bytes([c, d]))),
            _ => None,
        }
    }

    /// Those that are well-formed, up to the first that is not.
    pub(super) fn chunks(&self) -> &[Chunk] {
        self.chunks.get_or_init(|| {
            let decode = |sctp| Packet::decode_lenient(&Bytes::copy_from_slice(sctp)).ok();
            let decoded = self.sctp().and_then(decode);
            decoded.map_or_else(Vec::new, |decoded| decoded.packet.chunks)
        })
    }
}
