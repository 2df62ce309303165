//! Packets.

use bytes::Bytes;
use proptest::collection::vec;
use proptest::prelude::*;
use wire::{Checksum, ChunkType, Packet, VerificationTag, checksum_is_good};

use crate::any_chunk::any_of;
use crate::any_packet::{any_packet, cases};

/// Decodes both ways; fails unless they agree and an error points into the
/// bytes.
fn decode(bytes: Vec<u8>) -> Result<Option<Packet>, TestCaseError> {
    let bytes = Bytes::from(bytes);
    let strict = Packet::decode(&bytes);
    if let Err(error) = &strict {
        prop_assert!(error.offset <= bytes.len(), "{error} in {}", bytes.len());
    }
    match Packet::decode_lenient(&bytes) {
        Err(error) => prop_assert_eq!(Err(error), strict.clone()),
        Ok(partial) => match partial.error {
            Some(error) => prop_assert_eq!(Err(error), strict.clone()),
            None => prop_assert_eq!(Ok(partial.packet), strict.clone()),
        },
    }
    Ok(strict.ok())
}

proptest! {
    #![proptest_config(cases(1024))]

    #[test]
    fn what_is_encoded_decodes_to_the_same(packet in any_packet()) {
        let bytes = packet.encode();
        prop_assert_eq!(bytes.len() % 4, 0);
        prop_assert!(checksum_is_good(&bytes));
        prop_assert_eq!(decode(bytes)?, Some(packet));
    }

    #[test]
    fn what_decodes_is_encoded_to_the_same_meaning(bytes in vec(any::<u8>(), 0..200)) {
        if let Some(packet) = decode(bytes)? {
            let again = decode(packet.encode())?;
            prop_assert_eq!(again.map(|it| it.chunks), Some(packet.chunks));
        }
    }

    #[test]
    fn a_cut_packet_is_an_error_or_a_shorter_packet(
        packet in any_packet(),
        keep in any::<prop::sample::Index>(),
    ) {
        let mut bytes = packet.encode();
        bytes.truncate(keep.index(bytes.len()));
        if let Some(shorter) = decode(bytes)? {
            prop_assert!(packet.chunks.starts_with(&shorter.chunks));
            prop_assert!(shorter.chunks.len() < packet.chunks.len());
        }
    }

    #[test]
    fn the_chunks_before_a_cut_are_kept(
        packet in any_packet(),
        keep in any::<prop::sample::Index>(),
    ) {
        let mut bytes = packet.encode();
        bytes.truncate(12 + keep.index(bytes.len() - 11));
        let kept = Packet::decode_lenient(&Bytes::from(bytes));
        prop_assert!(packet.chunks.starts_with(&kept.unwrap().packet.chunks));
    }

    #[test]
    fn a_flipped_bit_is_noticed(packet in any_packet(), bit in any::<prop::sample::Index>()) {
        let mut bytes = packet.encode();
        let bit = bit.index(bytes.len() * 8);
        bytes[bit / 8] ^= 1 << (bit % 8);
        prop_assert!(!checksum_is_good(&bytes));
        if let Some(flipped) = decode(bytes)? {
            prop_assert_ne!(flipped.checksum, Checksum::Good);
        }
    }

    #[test]
    fn a_packet_is_shown_on_one_line(packet in any_packet()) {
        let shown = packet.to_string();
        prop_assert!(!shown.contains('\n'));
        prop_assert_eq!(shown.is_empty(), packet.chunks.is_empty());
    }
}

#[test]
fn every_type_of_chunk_comes_back_and_says_its_name() {
    for &kind in ChunkType::ALL {
        proptest!(cases(64), |(chunk in any_of(kind))| {
            prop_assert_eq!(chunk.kind(), kind);
            prop_assert!(chunk.to_string().starts_with(&kind.to_string()));
            let packet = Packet::new(1, 2, VerificationTag(3), vec![chunk]);
            prop_assert_eq!(decode(packet.encode())?, Some(packet));
        });
    }
}
