//! Tests of frames of all kinds, byte for byte.

#![allow(clippy::unwrap_used, reason = "a panic fails the test")]

use std::net::IpAddr;

use sctp_wire::frame::{
    EncodeError, Envelope, Frame, FrameError, LinkType, Quoted, Transport, UdpPorts, chunk_heads,
};
use sctp_wire::{ChunkType, Tsn};

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

/// The name of a frame without SCTP.
#[track_caller]
fn name(frame: &[u8]) -> String {
    match Frame::decode(frame).unwrap().transport {
        Transport::Other(other) => other.to_string(),
        Transport::Icmp(message) => message.to_string(),
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
            "ICMP host unreachable",
        ),
        (
            ipv4(1, 0, &[200, 0, 0, 0, 0, 0, 0, 0]),
            "ICMP type 200 code 0",
        ),
        (
            ipv4(1, 0, &[3, 4, 0, 0, 0, 0, 0x05, 0x78]),
            "ICMP fragmentation needed, MTU 1400",
        ),
        (
            ipv4(1, 0, &[3, 4, 0, 0, 0, 0, 0, 0]),
            "ICMP fragmentation needed",
        ),
        (
            ipv6(58, &[135, 0, 0, 0, 0, 0, 0, 0]),
            "ICMPv6 neighbor solicitation",
        ),
        (
            ipv6(58, &[133, 0, 0, 0, 0, 0, 0, 0]),
            "ICMPv6 router solicitation",
        ),
        (
            ipv6(58, &[2, 0, 0, 0, 0, 0, 0x05, 0]),
            "ICMPv6 packet too big, MTU 1280",
        ),
        (ipv6(58, &[2, 0, 0, 0]), "IPv6-ICMP, cut off"),
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
        Frame::decode_captured(LinkType(149), &[]),
        Err(FrameError::LinkType(LinkType(149)))
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

/// The packet that an ICMP error quotes.
#[track_caller]
fn quoted(frame: &[u8]) -> Option<Quoted<'_>> {
    match Frame::decode(frame).unwrap().transport {
        Transport::Icmp(message) => message.quoted(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_icmp_error_quotes_the_packet_that_it_is_about() {
    const ETHERNET: usize = 14;
    let sctp = b"ports and tag, and some more";
    let fragmentation_needed = [3, 4, 0, 0, 0, 0, 0x05, 0x78];
    let about = &ipv4(132, 0x4000, sctp)[ETHERNET..];
    let whole = ipv4(1, 0, &[&fragmentation_needed, about].concat());
    let found = quoted(&whole).unwrap();
    assert_eq!(found.source, IpAddr::from([10, 0, 0, 1]));
    assert_eq!(found.destination, IpAddr::from([10, 0, 0, 2]));
    assert_eq!(found.sctp, sctp);

    let least = ipv4(1, 0, &[&fragmentation_needed, &about[..28]].concat());
    assert_eq!(quoted(&least).unwrap().sctp, &sctp[..8]);
    let less = ipv4(1, 0, &[&fragmentation_needed, &about[..27]].concat());
    assert_eq!(quoted(&less), None);

    let about = &ipv6(132, sctp)[ETHERNET..];
    let too_big = [2, 0, 0, 0, 0, 0, 5, 0];
    let whole = ipv6(58, &[&too_big, about].concat());
    assert_eq!(quoted(&whole).unwrap().sctp, sctp);

    let encapsulated = udp(9899, 9899, sctp);
    let about = &ipv4(17, 0x4000, &encapsulated)[ETHERNET..];
    let whole = ipv4(1, 0, &[&fragmentation_needed, about].concat());
    assert_eq!(quoted(&whole).unwrap().sctp, sctp);

    let about = &ipv4(17, 0x4000, &udp(53, 53, sctp))[ETHERNET..];
    let of_dns = ipv4(1, 0, &[&fragmentation_needed, about].concat());
    assert_eq!(quoted(&of_dns), None);
    let echo = ipv4(1, 0, &[&[8, 0, 0, 0, 0, 0, 0, 0], about].concat());
    assert_eq!(quoted(&echo), None, "no error is about a packet");
}

#[test]
fn of_a_packet_that_is_cut_off_the_chunks_are_known_as_far_as_they_go() {
    let data = |tsn: u8, length: u8| {
        let mut chunk = vec![0, 3, 0, length, 0, 0, 0, tsn, 0, 0, 0, 0, 0, 0, 0, 0];
        chunk.resize(usize::from(length).next_multiple_of(4), b'x');
        chunk
    };
    let heartbeat = [4, 0, 0, 8, 0, 1, 0, 4];
    let packet = [&[0; 12][..], &heartbeat, &data(7, 17), &data(8, 40)].concat();
    let heads = |length: usize| chunk_heads(&packet[..length]).collect::<Vec<_>>();
    let (first, second) = (
        (ChunkType::Data, Some(Tsn(7))),
        (ChunkType::Data, Some(Tsn(8))),
    );
    let all = [(ChunkType::Heartbeat, None), first, second];
    assert_eq!(heads(packet.len()), all);
    assert_eq!(heads(50), all);
    assert_eq!(heads(47)[2], (ChunkType::Data, None), "its TSN is cut off");
    assert_eq!(heads(40), all[..2]);
    assert_eq!(heads(8), []);
}
