//! Frames of all kinds, byte for byte.

#![allow(clippy::unwrap_used, reason = "a panic fails the test")]

use std::net::IpAddr;

use wire::frame::{EncodeError, Envelope, Frame, FrameError, LinkType, Transport, UdpPorts};

/// The start of an Ethernet frame with the given type.
fn ethernet(ethertype: u16) -> Vec<u8> {
    let mut frame = vec![2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1];
    frame.extend(ethertype.to_be_bytes());
    frame
}

/// An Ethernet frame with an IPv4 packet from 10.0.0.1 to 10.0.0.2. `fragment`
/// is the field with the flags and the offset.
fn ipv4(protocol: u8, fragment: u16, payload: &[u8]) -> Vec<u8> {
    let mut frame = ethernet(0x0800);
    frame.extend([0x45, 0x02]);
    frame.extend(u16::try_from(20 + payload.len()).unwrap().to_be_bytes());
    frame.extend([0x12, 0x34]);
    frame.extend(fragment.to_be_bytes());
    frame.extend([63, protocol, 0, 0, 10, 0, 0, 1, 10, 0, 0, 2]);
    frame.extend(payload);
    frame
}

/// An Ethernet frame with an IPv6 packet from fd00::1 to fd00::2.
fn ipv6(next_header: u8, payload: &[u8]) -> Vec<u8> {
    let mut frame = ethernet(0x86dd);
    frame.extend([0x60, 0, 0, 0]);
    frame.extend(u16::try_from(payload.len()).unwrap().to_be_bytes());
    frame.extend([next_header, 255]);
    for last in [1, 2] {
        frame.extend([0xfd, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, last]);
    }
    frame.extend(payload);
    frame
}

fn udp(source_port: u16, destination_port: u16, payload: &[u8]) -> Vec<u8> {
    let mut datagram = Vec::new();
    datagram.extend(source_port.to_be_bytes());
    datagram.extend(destination_port.to_be_bytes());
    datagram.extend(u16::try_from(8 + payload.len()).unwrap().to_be_bytes());
    datagram.extend([0, 0]);
    datagram.extend(payload);
    datagram
}

/// What a frame without SCTP is called.
#[track_caller]
fn name(frame: &[u8]) -> String {
    match Frame::decode(frame).unwrap().transport {
        Transport::Other(other) => other.to_string(),
        sctp => panic!("{sctp:?}"),
    }
}

#[test]
fn sctp_over_ipv4() {
    let bytes = ipv4(132, 0x4000, b"an SCTP packet");
    let frame = Frame::decode(&bytes).unwrap();
    assert_eq!(frame.source, IpAddr::from([10, 0, 0, 1]));
    assert_eq!(frame.destination, IpAddr::from([10, 0, 0, 2]));
    assert_eq!((frame.ttl, frame.ecn, frame.truncated), (63, 2, false));
    assert_eq!(frame.link.unwrap().source, [2, 0, 0, 0, 0, 1]);
    assert_eq!(frame.transport, Transport::Sctp(b"an SCTP packet"));
}

#[test]
fn padding_of_the_frame_is_not_the_packet() {
    let mut bytes = ipv4(132, 0, b"short");
    bytes.extend([0; 20]);
    let frame = Frame::decode(&bytes).unwrap();
    assert_eq!(frame.transport, Transport::Sctp(b"short"));
}

#[test]
fn sctp_behind_extension_headers_of_ipv6() {
    let hop_by_hop = [60, 0, 1, 4, 0, 0, 0, 0];
    let destination_options = [132, 0, 1, 4, 0, 0, 0, 0];
    let payload = [&hop_by_hop[..], &destination_options, b"an SCTP packet"].concat();
    let bytes = ipv6(0, &payload);
    let frame = Frame::decode(&bytes).unwrap();
    assert_eq!(frame.source, "fd00::1".parse::<IpAddr>().unwrap());
    assert_eq!(frame.ttl, 255);
    assert_eq!(frame.transport, Transport::Sctp(b"an SCTP packet"));
}

#[test]
fn sctp_behind_a_vlan_tag() {
    let mut bytes = ipv4(132, 0, b"an SCTP packet");
    bytes.splice(12..12, [0x81, 0x00, 0, 5]);
    let frame = Frame::decode(&bytes).unwrap();
    assert_eq!(frame.sctp(), Some(&b"an SCTP packet"[..]));
}

#[test]
fn sctp_in_udp_from_and_to_its_port() {
    for (source, destination) in [(9899, 40_000), (40_000, 9899)] {
        let bytes = ipv4(17, 0, &udp(source, destination, b"an SCTP packet"));
        assert_eq!(
            Frame::decode(&bytes).unwrap().transport,
            Transport::UdpEncapsulated {
                ports: UdpPorts {
                    source,
                    destination
                },
                sctp: b"an SCTP packet",
            }
        );
    }
}

#[test]
fn a_packet_without_a_frame() {
    let bytes = ipv4(132, 0, b"an SCTP packet");
    for link_type in [LinkType::RAW, LinkType::IPV4] {
        let frame = Frame::decode_captured(link_type, &bytes[14..]).unwrap();
        assert_eq!(frame.link, None);
        assert_eq!(frame.sctp(), Some(&b"an SCTP packet"[..]));
    }
}

#[test]
fn a_packet_of_which_the_capture_kept_the_beginning() {
    let mut bytes = ipv4(132, 0, b"an SCTP packet");
    bytes.truncate(14 + 20 + 7);
    let frame = Frame::decode(&bytes).unwrap();
    assert!(frame.truncated);
    assert_eq!(frame.transport, Transport::Sctp(b"an SCTP"));
}

#[test]
fn fragments_are_no_sctp_packets() {
    let more_fragments = ipv4(132, 0x2000, b"begins");
    assert_eq!(name(&more_fragments), "IPv4 fragment id=4660 offset=0");
    let last = ipv4(132, 185, b"ends");
    assert_eq!(name(&last), "IPv4 fragment id=4660 offset=1480");
    let fragment = [
        132, 0, 0, 1, 0, 0, 0, 9, b'b', b'e', b'g', b'i', b'n', b's', 0, 0,
    ];
    assert_eq!(name(&ipv6(44, &fragment)), "IPv6 fragment");
}

#[test]
fn arp_shows_who_asks_for_whom() {
    let mut bytes = ethernet(0x0806);
    bytes.extend([0, 1, 8, 0, 6, 4, 0, 1]);
    bytes.extend([2, 0, 0, 0, 0, 1, 10, 0, 0, 1]);
    bytes.extend([0, 0, 0, 0, 0, 0, 10, 0, 0, 2]);
    let frame = Frame::decode(&bytes).unwrap();
    assert_eq!(frame.source, IpAddr::from([10, 0, 0, 1]));
    assert_eq!(frame.destination, IpAddr::from([10, 0, 0, 2]));
    assert_eq!(name(&bytes), "ARP request");
}

#[test]
fn what_is_not_sctp_has_a_name() {
    let dns = udp(40_000, 53, b"");
    for (bytes, expected) in [
        (
            ipv4(1, 0, &[3, 1, 0, 0, 0, 0, 0, 0]),
            "ICMP destination unreachable",
        ),
        (ipv4(1, 0, &[200, 0, 0, 0, 0, 0, 0, 0]), "ICMP type 200"),
        (ipv6(58, &[135, 0, 0, 0]), "ICMPv6 neighbor solicitation"),
        (ipv6(58, &[133, 0, 0, 0]), "ICMPv6 router solicitation"),
        (ipv6(58, &[2, 0, 0, 0]), "ICMPv6 packet too big"),
        (ipv4(17, 0, &dns), "UDP 40000 to 53"),
        (ipv4(17, 0, &dns[..3]), "UDP, cut off"),
        (ipv4(1, 0, &[]), "ICMP, cut off"),
        (ipv4(6, 0, &[0; 20]), "TCP"),
        (ipv4(47, 0, &[0; 4]), "GRE"),
        (ipv4(253, 0, &[0; 4]), "IP protocol 253"),
    ] {
        assert_eq!(name(&bytes), expected);
    }
}

#[test]
fn frames_without_addresses_are_errors() {
    let error = |bytes: &[u8]| Frame::decode(bytes).unwrap_err().to_string();
    assert_eq!(
        error(&ethernet(0x88cc)),
        "a frame of ethertype 0x88cc, which is neither IP nor ARP"
    );
    assert!(error(&ethernet(0x0800)).starts_with("a broken frame: "));
    assert!(error(&[1, 2, 3]).starts_with("a broken frame: "));
    assert_eq!(
        Frame::decode_captured(LinkType(147), &[]),
        Err(FrameError::LinkType(LinkType(147)))
    );
}

#[test]
fn an_envelope_takes_one_family_and_what_fits() {
    let [v4, v6] = ["10.0.0.1", "fd00::1"].map(|it| it.parse::<IpAddr>().unwrap());
    let mixed = Envelope::new(v4, v6).encode_sctp(b"").unwrap_err();
    assert_eq!(
        mixed.to_string(),
        "10.0.0.1 and fd00::1 are not of one family"
    );
    for address in [v4, v6] {
        let envelope = Envelope::new(address, address);
        let too_long = vec![0; 65_536];
        assert_eq!(
            envelope.encode_sctp(&too_long),
            Err(EncodeError::TooLong { length: 65_536 })
        );
    }
}
