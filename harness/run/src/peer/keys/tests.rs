//! Tests of keys and HMACs, by packets of Linux.

use std::iter;

use wire::build::Value;

use super::*;

/// The parameters about authentication in an INIT of Linux 7.3.4, and in the INIT ACK to
/// it.
const INIT: &str = "80040006000100008002002406\
    56ee8399d94733167497362b7ddb034e773a897451c91806ae98a0c95b9a8e80030004";
const INIT_ACK: &str = "800200245e498ee2093fcf104ce06cb1338284048a07bec01955af62c5d22f981669341a\
    80040006000100008003000500000000";
/// The first AUTH of the association, by key 0, and the DATA behind it.
const BY_KEY_0: &str = "0f00001c00000001291f21f1615db18ed2f177269fc5c5b86b99fd97\
    000300745ca252eb0000000000000000636c69656e7420776974682d6b65792d3020310a4b44676d2b574f\
    794e564e6d344e6d73746e37535766566f4b446531566e7477565a50394f4d545a2d6c333870436c5744656a\
    6d447173475665524b54447338534572317670686f336e687359366979";
/// The second AUTH, by key 7, which is `swordfish`, and the DATA behind it.
const BY_KEY_7: &str = "0f00001c00070001214a63537e6f3b16f3112a2d209dec98114a258d\
    000300745ca252ec0000000100000000636c69656e7420776974682d6b65792d3720310a7851454f332b76\
    77385639464a4d6d364f58793455666a592d447570456f325037756649734e346442675579766930446e5264\
    796358525832584934716f46734a666369324964696e44614570577552";

fn bytes(digits: &str) -> Vec<u8> {
    (0..digits.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&digits[at..at + 2], 16).expect("two digits"))
        .collect()
}

/// An INIT with these parameters; an INIT ACK has them at the same offset.
fn handshake(parameters: &[u8]) -> Vec<u8> {
    let length = u16::try_from(PARAMETERS + parameters.len()).expect("it fits");
    let mut chunk = vec![1, 0];
    chunk.extend(length.to_be_bytes());
    chunk.resize(PARAMETERS, 0);
    chunk.extend(parameters);
    chunk
}

/// The keys of the client of that association.
fn of_linux() -> Keys {
    Keys {
        own: key_vector(&handshake(&bytes(INIT))),
        other: key_vector(&handshake(&bytes(INIT_ACK))),
    }
}

#[test]
fn what_linux_has_signed_is_right_by_its_key_and_by_no_other() {
    for (packet, key, other) in [
        (BY_KEY_0, &b""[..], &b"swordfish"[..]),
        (BY_KEY_7, b"swordfish", b""),
    ] {
        let mut packet = bytes(packet);
        assert!(of_linux().is_right(key, &packet));
        assert!(!of_linux().is_right(other, &packet));
        let last = packet.len() - 1;
        packet[last] ^= 1;
        assert!(!of_linux().is_right(key, &packet), "the DATA was changed");
    }
}

/// Bytes in the place of the HMAC do not matter for it.
#[test]
fn the_hmac_is_that_of_linux() {
    for filler in [0, 0xff] {
        let mut packet = bytes(BY_KEY_7);
        packet[HMAC..HMAC + 20].fill(filler);
        let made = of_linux().sign(b"swordfish", &mut packet);
        assert!(made.is_some());
        assert_eq!(packet, bytes(BY_KEY_7));
    }
}

/// Both sides compute the same key: the order of the vectors is that of the numbers.
#[test]
fn both_sides_have_the_same_key() {
    let Keys { own, other } = of_linux();
    let other_side = Keys {
        own: other,
        other: own,
    };
    assert!(other_side.is_right(b"swordfish", &bytes(BY_KEY_7)));
}

/// RFC 4895, section 6.1.
#[test]
fn key_vectors_are_compared_as_numbers_and_then_by_length() {
    let key = |one: &[u8], other: &[u8]| association_key(b"key", one, other);
    assert_eq!(key(&[2, 0], &[1, 9]), b"key\x01\x09\x02\x00");
    assert_eq!(key(&[9], &[1, 0]), b"key\x09\x01\x00", "the longer is more");
    assert_eq!(key(&[0, 0, 9], &[1, 0]), b"key\x00\x00\x09\x01\x00");
    assert_eq!(key(&[0, 7], &[7]), b"key\x07\x00\x07", "equal as numbers");
}

/// A key vector has Random, Chunk List, Requested HMAC Algorithm in this order, without
/// padding.
#[test]
fn the_parameters_have_an_order_of_their_own() {
    let parameters = [
        0x80, 0x04, 0, 6, 0, 3, 0, 0, // Requested HMAC Algorithm, padded
        0xc0, 0x00, 0, 4, // Forward TSN Supported
        0x80, 0x03, 0, 5, 0xc1, 0, 0, 0, // Chunk List, padded
        0x80, 0x02, 0, 6, 1, 2, // Random
    ];
    let wanted = [
        0x80, 0x02, 0, 6, 1, 2, 0x80, 0x03, 0, 5, 0xc1, 0x80, 0x04, 0, 6, 0, 3,
    ];
    assert_eq!(key_vector(&handshake(&parameters)), wanted);
    assert!(key_vector(&handshake(&parameters[8..12])).is_empty());
}

#[test]
fn sha_256_has_a_longer_hmac() {
    let mut packet: Vec<u8> = [15, 0, 0, 40, 0, 7, 0, 3].to_vec();
    packet.extend(iter::repeat_n(0, 32));
    let made = of_linux().sign(b"swordfish", &mut packet);
    assert_eq!(made.map(|hmac| hmac.len()), Some(32));
    assert!(of_linux().is_right(b"swordfish", &packet));
    assert!(!of_linux().is_right(b"sword", &packet));
}

/// A chunk that cannot be signed is refused, and never right.
#[test]
fn chunks_that_hold_no_hmac() {
    for packet in [
        &[][..],
        &[15, 0, 0, 4],
        &[15, 0, 0, 8, 0, 0, 0, 1],              // no room
        &[15, 0, 0, 12, 0, 0, 0, 9, 1, 2, 3, 4], // no such algorithm
        &[15, 0, 255, 255, 0, 0, 0, 1],          // the length lies
    ] {
        assert!(of_linux().sign(b"", &mut packet.to_vec()).is_none());
        assert!(!of_linux().is_right(b"", packet));
    }
}

#[test]
fn what_a_peer_says_itself_is_its_own_vector() {
    let random = Item::new(Kind::Parameter(0x8002)).with("random", Value::Bytes("12".into()));
    let init =
        Item::new(Kind::Chunk(ChunkType::Init)).with("parameters", Value::Items(vec![random]));
    let mut keys = Keys::default();
    keys.say(&init);
    assert_eq!(keys.own, [0x80, 0x02, 0, 6, b'1', b'2']);
    // Only INIT and INIT ACK have a key vector.
    keys.say(&Item::new(Kind::Chunk(ChunkType::CookieAck)));
    assert_eq!(keys.own.len(), 6);
}
