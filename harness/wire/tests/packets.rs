//! Tests of packets, byte for byte.

#![allow(clippy::unwrap_used, reason = "a panic fails the test")]

use bytes::Bytes;
use sctp_wire::chunk::CookieAck;
use sctp_wire::{Checksum, Packet, VerificationTag, checksum_is_good};

/// A common header; ports 1 and 2, tag 3, no checksum.
const HEADER: [u8; 12] = [0, 1, 0, 2, 0, 0, 0, 3, 0, 0, 0, 0];

fn with_header(chunks: &[u8]) -> Vec<u8> {
    [&HEADER, chunks].concat()
}

/// The decoding error of a packet with these chunks.
#[track_caller]
fn complaint(chunks: &[u8]) -> String {
    Packet::decode(&with_header(chunks))
        .unwrap_err()
        .to_string()
}

fn cookie_ack() -> Packet {
    Packet::new(1, 2, VerificationTag(3), vec![CookieAck.into()])
}

/// The CRC32c of this packet was computed bit by bit, as in RFC 9260, appendix A. The
/// packet has the checksum's least significant byte first.
#[test]
fn the_checksum_has_its_own_byte_order() {
    let bytes = cookie_ack().encode();
    assert_eq!(
        bytes[8..12],
        crc32c_bit_by_bit(&with_header(&[11, 0, 0, 4])).to_le_bytes()
    );
    assert!(checksum_is_good(&bytes));
}

fn crc32c_bit_by_bit(bytes: &[u8]) -> u32 {
    let mut crc = u32::MAX;
    for byte in bytes {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = (crc >> 1) ^ (0x82f6_3b78 * (crc & 1));
        }
    }
    !crc
}

#[test]
fn a_checksum_can_be_zero_or_wrong_on_purpose() {
    let mut packet = cookie_ack();
    packet.checksum = Checksum::Zero;
    let bytes = packet.encode();
    assert_eq!(bytes[8..12], [0; 4]);
    assert_eq!(Packet::decode(&bytes), Ok(packet.clone()));
    packet.checksum = Checksum::Wrong {
        found: 0x0403_0201,
        computed: 0,
    };
    let bytes = packet.encode();
    assert_eq!(bytes[8..12], [1, 2, 3, 4]);
    assert!(!checksum_is_good(&bytes));
    let found = Packet::decode(&bytes).unwrap().checksum;
    assert!(matches!(
        found,
        Checksum::Wrong {
            found: 0x0403_0201,
            ..
        }
    ));
}

/// RFC 2960, appendix B. zlib computed the value from the packet with a checksum of zero.
#[test]
fn the_checksum_of_before_rfc_3309_is_known() {
    let mut packet = cookie_ack();
    packet.checksum = Checksum::Adler32;
    let bytes = packet.encode();
    assert_eq!(bytes[8..12], 0x00840016_u32.to_be_bytes());
    assert_eq!(Packet::decode(&bytes), Ok(packet));
    assert!(!checksum_is_good(&bytes));
}

#[test]
fn bytes_too_few_for_a_header_are_no_packet() {
    assert!(!checksum_is_good(&[]));
    assert_eq!(
        Packet::decode(&HEADER[..7]).unwrap_err().to_string(),
        "SCTP common header at byte 7: expected 5 more bytes, found 0"
    );
}

#[test]
fn complaints_point_at_the_byte() {
    for (chunks, expected) in [
        (
            &[11, 0][..],
            "chunk header at byte 14: expected 2 more bytes, found 0",
        ),
        (
            &[11, 0, 0, 3],
            "chunk header at byte 14: expected a length of at least 4, found 3",
        ),
        (
            &[11, 0, 0, 8],
            "chunk header at byte 16: expected 4 more bytes, found 0",
        ),
        (
            &[11, 0, 0, 5, 7, 0, 0, 0],
            "COOKIE ACK chunk at byte 16: expected its end, found 1 more bytes",
        ),
        (
            &[10, 0, 0, 5, 7],
            "chunk padding at byte 17: expected 3 more bytes, found 0",
        ),
        (
            &[3, 0, 0, 16, 0, 0, 0, 1, 0, 0, 0, 2, 0, 1, 0, 0],
            "SACK chunk at byte 28: expected 2 more bytes, found 0",
        ),
        (
            &[6, 0, 0, 8, 0, 1, 0, 3],
            "ABORT chunk at byte 18: expected a length of at least 4, found 3",
        ),
        (
            &[6, 0, 0, 10, 0, 1, 0, 6, 0, 9, 0, 0],
            "Invalid Stream Identifier at byte 22: expected 2 more bytes, found 0",
        ),
        (
            &[0xc1, 0, 0, 12, 0, 0, 0, 1, 0, 7, 0, 4],
            "ASCONF chunk at byte 20: expected an address parameter (type 5 or 6), found 7",
        ),
    ] {
        assert_eq!(complaint(chunks), expected);
    }
}

#[test]
fn the_chunks_before_a_broken_one_are_kept() {
    let bytes = Bytes::from(with_header(&[11, 0, 0, 4, 8, 0, 0, 2]));
    let partial = Packet::decode_lenient(&bytes).unwrap();
    assert_eq!(partial.packet.to_string(), "COOKIE ACK");
    assert_eq!(partial.error.unwrap().offset, 18);
}

/// RFC 9260, section 3.2: the final padding of the parameters may be counted in
/// the chunk's length.
#[test]
fn padding_of_the_last_parameter_may_be_counted() {
    let counted = [9, 0, 0, 12, 0, 12, 0, 5, 7, 0, 0, 0];
    let mut not_counted = counted;
    not_counted[3] = 9;
    let [counted, not_counted] =
        [counted, not_counted].map(|chunks| Packet::decode(&with_header(&chunks)).unwrap());
    assert_eq!(counted.chunks, not_counted.chunks);
    assert_eq!(counted.to_string(), "ERROR [User-Initiated Abort len=1]");
}

#[test]
fn payloads_share_the_bytes_they_came_in() {
    let bytes = Bytes::from(with_header(&[10, 0, 0, 8, 1, 2, 3, 4]));
    let packet = Packet::decode_shared(&bytes).unwrap();
    let [sctp_wire::Chunk::CookieEcho(echo)] = &packet.chunks[..] else {
        panic!("{packet}");
    };
    assert_eq!(echo.cookie.as_ptr(), bytes[16..].as_ptr());
}
