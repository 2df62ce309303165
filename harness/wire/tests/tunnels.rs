//! Finds an SCTP packet in every kind of tunnel.

#![allow(clippy::unwrap_used, reason = "a panic fails the test")]

use std::net::IpAddr;

use sctp_wire::chunk::CookieAck;
use sctp_wire::frame::{Envelope, Frame, LinkType, MacAddresses};
use sctp_wire::{Packet, VerificationTag};

/// An Ethernet frame with an SCTP packet from 10.0.1.1 to 10.0.1.2.
fn ethernet() -> Vec<u8> {
    let packet = Packet::new(5000, 5001, VerificationTag(7), vec![CookieAck.into()]);
    let mut envelope = Envelope::new([10, 0, 1, 1].into(), [10, 0, 1, 2].into());
    envelope.link = Some(MacAddresses::default());
    envelope.encode(&packet).unwrap()
}

fn ip() -> Vec<u8> {
    ethernet().split_off(14)
}

/// An IPv4 packet between two routers.
fn outer(protocol: u8, payload: &[u8]) -> Vec<u8> {
    let length = 20 + payload.len() as u16;
    let mut packet = vec![0x45, 0];
    packet.extend(length.to_be_bytes());
    packet.extend([0, 1, 0, 0, 64, protocol, 0, 0, 192, 0, 2, 1, 192, 0, 2, 2]);
    packet.extend(payload);
    packet
}

fn udp(port: u16, payload: &[u8]) -> Vec<u8> {
    let length = 8 + payload.len() as u16;
    let mut datagram = 4711u16.to_be_bytes().to_vec();
    datagram.extend(port.to_be_bytes());
    datagram.extend(length.to_be_bytes());
    datagram.extend([0, 0]);
    datagram.extend(payload);
    outer(17, &datagram)
}

fn behind(header: &[u8], rest: &[u8]) -> Vec<u8> {
    [header, rest].concat()
}

fn in_ethernet(ethertype: u16, rest: &[u8]) -> Vec<u8> {
    [&[0; 12][..], &ethertype.to_be_bytes(), rest].concat()
}

#[track_caller]
fn assert_found(link_type: LinkType, captured: &[u8]) {
    let frame = Frame::decode_captured(link_type, captured).unwrap();
    let sctp = frame.sctp().expect("there is an SCTP packet");
    assert_eq!(Packet::decode(sctp).unwrap().source_port, 5000);
    let addresses: [IpAddr; 2] = [[10, 0, 1, 1].into(), [10, 0, 1, 2].into()];
    assert_eq!([frame.source, frame.destination], addresses);
    // No truncated packet causes a panic.
    for length in 0..captured.len() {
        let _ = Frame::decode_captured(link_type, &captured[..length]);
    }
}

#[test]
fn in_tunnels_of_ip() {
    let gre = |flags: u16, kind: u16, words: usize, rest: &[u8]| {
        let mut header = flags.to_be_bytes().to_vec();
        header.extend(kind.to_be_bytes());
        header.extend(vec![0; 4 * words]);
        outer(47, &behind(&header, rest))
    };
    for packet in [
        outer(4, &ip()),
        outer(4, &outer(4, &ip())),
        gre(0, 0x0800, 0, &ip()),
        gre(0xb000, 0x0800, 3, &ip()),
        gre(0x2000, 0x6558, 1, &ethernet()),
        udp(4789, &behind(&[8, 0, 0, 0, 0, 0, 42, 0], &ethernet())),
        udp(6081, &behind(&[0, 0, 0x65, 0x58, 0, 0, 42, 0], &ethernet())),
        udp(
            6081,
            &behind(&[1, 0, 0x08, 0x00, 0, 0, 42, 0, 9, 9, 9, 9], &ip()),
        ),
        udp(2152, &behind(&[0x30, 255, 0, 0, 0, 0, 0, 9], &ip())),
        udp(
            2152,
            &behind(
                &[0x34, 255, 0, 0, 0, 0, 0, 9, 0, 0, 0, 0x85, 1, 0, 9, 0],
                &ip(),
            ),
        ),
    ] {
        assert_found(LinkType::RAW, &packet);
        assert_found(LinkType::ETHERNET, &in_ethernet(0x0800, &packet));
    }
}

#[test]
fn behind_labels_tags_and_ppp() {
    let label = [0, 0x01, 0x00, 64];
    let last = [0, 0x02, 0x01, 64];
    let session = [0x11, 0, 0, 7, 0, 50];
    for frame in [
        in_ethernet(0x8847, &[&last[..], &ip()].concat()),
        in_ethernet(0x8847, &[&label[..], &last, &ip()].concat()),
        in_ethernet(0x8847, &[&last[..], &[0; 4], &ethernet()].concat()),
        in_ethernet(0x8100, &[&[0, 7, 0x88, 0x47][..], &last, &ip()].concat()),
        in_ethernet(0x8864, &[&session[..], &[0x00, 0x21], &ip()].concat()),
    ] {
        assert_found(LinkType::ETHERNET, &frame);
    }
    let tagged = [&[0; 14][..], &[0x81, 0x00], &[0, 7, 0x08, 0x00], &ip()];
    assert_found(LinkType::LINUX_SLL, &tagged.concat());
    for ppp in [&[0x00, 0x21][..], &[0xff, 0x03, 0x00, 0x21], &[0x21]] {
        assert_found(LinkType::PPP, &behind(ppp, &ip()));
        assert_found(LinkType::PPP_HDLC, &behind(ppp, &ip()));
    }
    let pppoe = [&session[..], &[0x00, 0x21], &ip()].concat();
    assert_found(LinkType::PPPOE, &pppoe);
    assert_found(LinkType::C_HDLC, &behind(&[0x0f, 0, 0x08, 0x00], &ip()));
    assert_found(LinkType::RAW_BSD, &ip());
}

#[test]
fn without_ip() {
    let sctp = ip().split_off(20);
    for link_type in [LinkType::SCTP, LinkType::USER0] {
        let frame = Frame::decode_captured(link_type, &sctp).unwrap();
        assert_eq!(frame.sctp(), Some(&sctp[..]));
        assert!(frame.source.is_unspecified());
    }
    assert_found(LinkType::USER0, &ip());
}

#[test]
fn what_only_looks_like_a_tunnel_is_what_it_is() {
    let dns = in_ethernet(0x0800, &udp(53, &ip()));
    let frame = Frame::decode_captured(LinkType::ETHERNET, &dns).unwrap();
    assert_eq!(frame.sctp(), None);
    assert!(frame.source.to_string().starts_with("192.0.2."));
    // An error message of GTP-U, and a tunnel with another protocol in it.
    for packet in [
        udp(2152, &behind(&[0x30, 26, 0, 0, 0, 0, 0, 9], &ip())),
        outer(4, &udp(53, b"hello")),
    ] {
        let frame = Frame::decode_captured(LinkType::RAW, &packet).unwrap();
        assert_eq!(frame.sctp(), None);
    }
}
