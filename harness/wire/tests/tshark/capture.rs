//! Captures for tshark.

use std::net::IpAddr;

use pcapng::{CapturedPacket, Interface, Section, Writer};
use sctp_wire::frame::{ENCAPSULATION_PORT, Envelope, UdpPorts};
use sctp_wire::{Chunk, Packet, VerificationTag};

pub(crate) const SOURCE_PORT: u16 = 5000;
pub(crate) const DESTINATION_PORT: u16 = 5001;
pub(crate) const TAG: VerificationTag = VerificationTag(0x3a5c_0001);

pub(crate) fn packet(chunks: Vec<Chunk>) -> Packet {
    Packet::new(SOURCE_PORT, DESTINATION_PORT, TAG, chunks)
}

pub(crate) fn ipv4() -> Envelope {
    Envelope::new(IpAddr::from([10, 0, 1, 1]), IpAddr::from([10, 0, 1, 2]))
}

pub(crate) fn ipv6() -> Envelope {
    let address = |last| IpAddr::from([0xfd00, 0, 0, 1, 0, 0, 0, last]);
    Envelope::new(address(1), address(2))
}

pub(crate) fn udp(envelope: Envelope) -> Envelope {
    Envelope {
        udp: Some(UdpPorts {
            source: 40_000,
            destination: ENCAPSULATION_PORT,
        }),
        ..envelope
    }
}

/// A capture of the packets, each in the envelope, a microsecond apart.
pub(crate) fn of(envelope: &Envelope, packets: &[Packet]) -> Vec<u8> {
    let mut writer = Writer::new(Vec::new(), &Section::default()).unwrap();
    let interface = writer
        .add_interface(&Interface::ethernet("path-a"))
        .unwrap();
    for (time_us, packet) in (0..).zip(packets) {
        let frame = envelope.encode(packet).unwrap();
        let captured = CapturedPacket::new(interface, time_us * 1_000, frame);
        writer.write_packet(&captured).unwrap();
    }
    writer.finish().unwrap()
}
