//! Properties of frames and of the SCTP packets in them.

use std::net::IpAddr;

use proptest::collection::vec;
use proptest::prelude::*;
use sctp_wire::Packet;
use sctp_wire::frame::{ENCAPSULATION_PORT, Envelope, Frame, MacAddresses, UdpPorts};

use crate::any_packet::{any_packet, cases};

fn any_envelope() -> impl Strategy<Value = Envelope> {
    let addresses = prop_oneof![
        any::<([u8; 4], [u8; 4])>().prop_map(|(a, b)| (IpAddr::from(a), IpAddr::from(b))),
        any::<([u8; 16], [u8; 16])>().prop_map(|(a, b)| (IpAddr::from(a), IpAddr::from(b))),
    ];
    let udp = prop_oneof![
        Just(None),
        any::<u16>().prop_map(|port| Some(UdpPorts {
            source: port,
            destination: ENCAPSULATION_PORT,
        })),
        any::<u16>().prop_map(|port| Some(UdpPorts {
            source: ENCAPSULATION_PORT,
            destination: port,
        })),
    ];
    let link = any::<Option<([u8; 6], [u8; 6])>>();
    (link, addresses, any::<u8>(), 0..64_u8, 0..4_u8, udp).prop_map(
        |(link, (source, destination), ttl, dscp, ecn, udp)| Envelope {
            link: link.map(|(source, destination)| MacAddresses {
                source,
                destination,
            }),
            source,
            destination,
            ttl,
            dscp,
            ecn,
            udp,
        },
    )
}

fn decode<'a>(envelope: &Envelope, bytes: &'a [u8]) -> Frame<'a> {
    match envelope.link {
        Some(_) => Frame::decode(bytes).unwrap(),
        None => Frame::decode_ip(bytes).unwrap(),
    }
}

proptest! {
    #![proptest_config(cases(512))]

    #[test]
    fn what_is_put_into_a_frame_is_found_in_it(
        envelope in any_envelope(),
        packet in any_packet(),
    ) {
        let bytes = envelope.encode(&packet).unwrap();
        let frame = decode(&envelope, &bytes);
        prop_assert_eq!(frame.envelope(), envelope);
        prop_assert!(!frame.truncated);
        prop_assert_eq!(Packet::decode(frame.sctp().unwrap()), Ok(packet));
    }

    #[test]
    fn no_bytes_make_decoding_panic(bytes in vec(any::<u8>(), 0..120)) {
        for frame in [Frame::decode(&bytes), Frame::decode_ip(&bytes)] {
            match frame {
                Ok(frame) => format!("{frame:?}"),
                Err(error) => error.to_string(),
            };
        }
    }

    #[test]
    fn no_broken_frame_makes_decoding_panic(
        envelope in any_envelope(),
        packet in any_packet(),
        at in any::<prop::sample::Index>(),
        byte in any::<u8>(),
        keep in any::<prop::sample::Index>(),
    ) {
        let mut bytes = envelope.encode(&packet).unwrap();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        bytes.truncate(keep.index(bytes.len() + 1));
        for frame in [Frame::decode(&bytes), Frame::decode_ip(&bytes)] {
            if let Ok(Some(sctp)) = frame.map(|frame| frame.sctp()) {
                prop_assert!(sctp.len() <= bytes.len());
            }
        }
    }
}
