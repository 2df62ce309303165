//! A packet as it came to a peer.

use std::fmt;
use std::net::IpAddr;

use recording::Time;
use wire::frame::{Transport, UdpPorts};
use wire::{DecodeError, Frame, Packet, PartialPacket};

/// A packet that came.
#[derive(Clone, Debug)]
pub(super) struct Heard {
    pub(super) at: Time,
    pub(super) source: IpAddr,
    pub(super) destination: IpAddr,
    pub(super) udp: Option<UdpPorts>,
    /// As much of it as can be decoded.
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
        let bytes = bytes::Bytes::copy_from_slice(sctp);
        let PartialPacket { packet, error } = Packet::decode_lenient(&bytes).ok()?;
        Some(Self {
            at,
            source: frame.source,
            destination: frame.destination,
            udp,
            packet,
            error,
        })
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
