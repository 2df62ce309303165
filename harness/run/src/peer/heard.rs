//! A packet that a scripted peer has received.

use std::fmt;
use std::net::IpAddr;

use bytes::Bytes;
use recording::Time;
use wire::frame::{Transport, UdpPorts};
use wire::{DecodeError, Frame, Packet, PartialPacket};

/// The sizes in bytes of the common header, and of a chunk's type, flags and length (RFC
/// 9260, sections 3.1 and 3.2).
const HEADER: usize = 12;
const CHUNK_HEADER: usize = 4;

/// A received packet.
#[derive(Clone, Debug)]
pub(super) struct Heard {
    pub(super) at: Time,
    pub(super) source: IpAddr,
    pub(super) destination: IpAddr,
    pub(super) udp: Option<UdpPorts>,
    /// The bytes of the packet, from the common header on.
    pub(super) sctp: Bytes,
    /// As much of the packet as can be decoded.
    pub(super) packet: Packet,
    pub(super) error: Option<DecodeError>,
}

impl Heard {
    /// The SCTP packet in a frame, if there is one.
    pub(super) fn of(at: Time, frame: &[u8]) -> Option<Self> {
        let frame = Frame::decode(frame).ok()?;
        let (udp, sctp) = match frame.transport {
            Transport::Sctp(sctp) => (None, sctp),
            Transport::UdpEncapsulated { ports, sctp } => (Some(ports), sctp),
            Transport::Icmp(_) | Transport::Other(_) => return None,
        };
        let sctp = Bytes::copy_from_slice(sctp);
        let PartialPacket { packet, error } = Packet::decode_lenient(&sctp).ok()?;
        Some(Self {
            at,
            source: frame.source,
            destination: frame.destination,
            udp,
            sctp,
            packet,
            error,
        })
    }

    /// The bytes from a chunk on, which is given by its index.
    pub(super) fn bytes_from(&self, number: usize) -> Option<&[u8]> {
        let mut rest = self.sctp.get(HEADER..)?;
        for _ in 0..number {
            let length = u16::from_be_bytes([*rest.get(2)?, *rest.get(3)?]);
            let padded = usize::from(length).max(CHUNK_HEADER).next_multiple_of(4);
            rest = rest.get(padded..)?;
        }
        Some(rest)
    }
}

impl fmt::Display for Heard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.packet.fmt(f)?;
        match &self.error {
            Some(error) => write!(f, ", and then {error}"),
            None => Ok(()),
        }
    }
}
