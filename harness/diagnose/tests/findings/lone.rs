//! Findings about ICMP errors of routers.

use wire::VerificationTag;
use wire::frame::{Envelope, MacAddresses};

use crate::story::{CLIENT, Story, data};

/// An Ethernet frame with an ICMP error about a packet: RFC 792.
fn icmp(code: u8, about: &[u8]) -> Vec<u8> {
    let mut message = vec![3, code, 0, 0, 0, 0, 0, 0];
    message.extend(&about[..28]);
    let length = 20 + message.len() as u16;
    let mut frame = vec![0; 12];
    frame.extend([0x08, 0x00, 0x45, 0]);
    frame.extend(length.to_be_bytes());
    frame.extend([0, 0, 0, 0, 64, 1, 0, 0, 10, 0, 1, 254, 10, 0, 1, 1]);
    frame.extend(message);
    frame
}

#[test]
fn an_icmp_error_is_told_with_the_association_that_it_is_about() {
    let mut story = Story::up();
    story.exchange(CLIENT, 1, 1);
    let tag = VerificationTag(0x5e12_3402);
    let packet = wire::Packet::new(5001, 7000, tag, vec![data(2, 100)]);
    let mut envelope = Envelope::new([10, 0, 1, 1].into(), [10, 0, 1, 2].into());
    envelope.link = Some(MacAddresses::default());
    let frame = envelope.encode(&packet).unwrap();
    story.capture(&icmp(1, &frame[14..]));
    assert_eq!(story.found(), ["icmp"]);
}
