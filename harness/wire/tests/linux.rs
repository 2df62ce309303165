//! Packets that Linux 6.1 sent: two sockets on one machine with as many extensions as
//! possible. They were captured on the loopback interface, where the kernel leaves
//! checksums zero.

#![allow(clippy::unwrap_used, reason = "a panic fails the test")]

use pcapng::{CapturedPacket, Reader};
use sctp_wire::{Checksum, Frame, Packet};

const CAPTURE: &[u8] = include_bytes!("fixtures/linux-6.1.pcapng");

fn captured() -> impl Iterator<Item = CapturedPacket> {
    Reader::new(CAPTURE).unwrap().map(Result::unwrap)
}

#[test]
fn every_packet_encodes_to_the_bytes_it_came_in() {
    let mut count = 0;
    for captured in captured() {
        let frame = Frame::decode(&captured.bytes).unwrap();
        let sctp = frame.sctp().unwrap();
        let packet = Packet::decode(sctp).unwrap();
        assert_eq!(packet.checksum, Checksum::Zero);
        assert_eq!(packet.encode(), sctp, "{packet}");
        count += 1;
    }
    assert_eq!(count, 43);
}

#[test]
fn the_story_can_be_read() {
    let story: Vec<_> = captured()
        .map(|captured| {
            let frame = Frame::decode(&captured.bytes).unwrap();
            let packet = Packet::decode(frame.sctp().unwrap()).unwrap();
            let kinds: Vec<_> = packet
                .chunks
                .iter()
                .map(|it| it.kind().to_string())
                .collect();
            let (source, destination) = (frame.source, frame.destination);
            format!("{source} > {destination} {}", kinds.join(" | "))
        })
        .collect();
    let expected = include_str!("fixtures/linux-6.1.txt");
    assert_eq!(story, expected.lines().collect::<Vec<_>>());
}
