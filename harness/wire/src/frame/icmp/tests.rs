//! Tests of ICMP messages.

use super::*;
use crate::frame::{Envelope, Frame, Transport};
use crate::{Packet, VerificationTag};

const V4: [IpAddr; 2] = [
    IpAddr::V4(Ipv4Addr::new(10, 0, 1, 1)),
    IpAddr::V4(Ipv4Addr::new(10, 0, 1, 2)),
];
const V6: [IpAddr; 2] = [
    IpAddr::V6(Ipv6Addr::new(0xfd00, 0, 0, 0, 0, 0, 0, 1)),
    IpAddr::V6(Ipv6Addr::new(0xfd00, 0, 0, 0, 0, 0, 0, 2)),
];

/// The packet that a message quotes, as an IP packet.
fn quoted([source, destination]: [IpAddr; 2]) -> Vec<u8> {
    let packet = Packet::new(5000, 5001, VerificationTag(7), Vec::new());
    let envelope = Envelope {
        link: None,
        ..Envelope::new(source, destination)
    };
    envelope.encode(&packet).expect("it fits")
}

#[test]
fn what_is_encoded_is_decoded_again() {
    for (addresses, is_v6, name, word) in [
        (V4, false, "fragmentation-needed", 1400),
        (V4, false, "protocol-unreachable", 0),
        (V6, true, "packet-too-big", 1400),
        (V6, true, "parameter-problem-unrecognized-next-header", 40),
    ] {
        let about = quoted([addresses[1], addresses[0]]);
        let kind = Icmp::named(is_v6, name).expect("it has that name");
        let icmp = Icmp::new(is_v6, kind, word, &about);
        let envelope = Envelope::new(addresses[0], addresses[1]);
        let frame = envelope.encode_icmp(&icmp.encode(addresses[0], addresses[1]));
        let frame = frame.expect("it fits");
        let decoded = Frame::decode(&frame).expect("it is a frame");
        assert_eq!(decoded.transport, Transport::Icmp(icmp), "{name}");
        let inside = icmp.quoted().expect("it quotes SCTP");
        assert_eq!([inside.destination, inside.source], addresses);
        assert_eq!(inside.sctp[4..8], [0, 0, 0, 7]);
    }
}

/// RFC 1071: the sum of all words including the checksum is all ones.
#[test]
fn the_checksum_is_right() {
    let words = |bytes: &[u8]| -> u32 {
        let pairs = bytes.chunks(2);
        pairs
            .map(|it| u32::from(it[0]) << 8 | it.get(1).map_or(0, |byte| u32::from(*byte)))
            .sum()
    };
    let folded = |mut sum: u32| {
        while sum > 0xffff {
            sum = (sum & 0xffff) + (sum >> 16);
        }
        sum
    };
    let odd = [1, 2, 3];
    let icmp = Icmp::new(false, (3, 2), 0, &odd).encode(V4[0], V4[1]);
    assert_eq!(folded(words(&icmp)), 0xffff);
    let icmp = Icmp::new(true, (2, 0), 1280, &odd).encode(V6[0], V6[1]);
    let mut pseudo = vec![];
    for address in V6 {
        let IpAddr::V6(address) = address else {
            continue;
        };
        pseudo.extend(address.octets());
    }
    pseudo.extend([0, 0, 0, 11, 0, 0, 0, 58]);
    assert_eq!(folded(words(&icmp) + words(&pseudo)), 0xffff);
}

/// Every name in the table leads back to its type and code.
#[test]
fn names_lead_back() {
    for is_v6 in [false, true] {
        for name in Icmp::names_of_errors(is_v6) {
            let kind = Icmp::named(is_v6, &name).expect("it is one of them");
            let shown = Icmp::new(is_v6, kind, 0, &[]).name().map(kebab);
            assert_eq!(shown, Some(name));
        }
    }
    assert_eq!(Icmp::named(false, "Protocol unreachable"), Some((3, 2)));
    assert_eq!(Icmp::named(true, "protocol-unreachable"), None);
    assert!(!Icmp::names_of_errors(false).contains(&"echo-request".to_owned()));
}
