//! Properties of packets, decoded strictly, leniently and at a glance.

use std::cell::Cell;

use bytes::Bytes;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use sctp_wire::{
    Checksum, Chunk, ChunkType, Glance, Packet, Tsn, VerificationTag, checksum_is_good,
};

use crate::any_chunk::any_of;
use crate::any_packet::{any_packet, cases};

/// Decodes in both ways. Fails unless both agree and an error points into the bytes.
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

/// The chunk types and TSNs that a glance should read, found by decoding.
fn by_decoding(bytes: &Bytes) -> Option<Vec<(ChunkType, Tsn)>> {
    let partial = Packet::decode_lenient(bytes).ok()?;
    let is_sound = partial.error.is_none() && partial.packet.checksum == Checksum::Good;
    let chunks = partial.packet.chunks.iter().map(|chunk| match chunk {
        Chunk::Data(data) => Some((ChunkType::Data, data.tsn)),
        Chunk::IData(data) => Some((ChunkType::IData, data.tsn)),
        Chunk::Sack(sack) => {
            let is_plain = sack.gap_ack_blocks.is_empty() && sack.duplicate_tsns.is_empty();
            (is_plain && sack.a_rwnd > 0).then_some((ChunkType::Sack, sack.cumulative_tsn_ack))
        }
        _ => None,
    });
    let chunks: Vec<_> = chunks.collect::<Option<_>>()?;
    (is_sound && !chunks.is_empty()).then_some(chunks)
}

fn correct_checksum(bytes: &mut [u8]) {
    let decoded = Packet::decode_lenient(&Bytes::copy_from_slice(bytes));
    if let Checksum::Wrong { computed, .. } = decoded.unwrap().packet.checksum {
        bytes[8..12].copy_from_slice(&computed.to_le_bytes());
    }
}

/// DATA, I-DATA and SACKs. Most of the SACKs have no gaps and no duplicates.
fn any_traffic() -> impl Strategy<Value = Chunk> {
    const KINDS: &[ChunkType] = &[ChunkType::Data, ChunkType::IData, ChunkType::Sack];
    let chunk = proptest::sample::select(KINDS).prop_flat_map(any_of);
    (chunk, 0..4).prop_map(|(mut chunk, one_in)| {
        if let Chunk::Sack(sack) = &mut chunk
            && one_in > 0
        {
            sack.gap_ack_blocks.clear();
            sack.duplicate_tsns.clear();
        }
        chunk
    })
}

#[test]
fn a_glance_sees_what_decoding_finds() {
    let seen = Cell::new(0);
    let place = any::<prop::sample::Index>;
    let traffic = (vec(any_traffic(), 0..4), place(), any::<u8>(), place());
    let mut runner = TestRunner::new(cases(4096));
    let checked = runner.run(&traffic, |(chunks, at, value, keep)| {
        let mut bytes = Packet::new(1, 2, VerificationTag(3), chunks).encode();
        let mut versions = vec![bytes.clone()];
        let at = at.index(bytes.len());
        bytes[at] = value;
        versions.push(bytes.clone());
        correct_checksum(&mut bytes);
        versions.push(bytes.clone());
        bytes.truncate(12 + keep.index(bytes.len() - 11));
        correct_checksum(&mut bytes);
        versions.push(bytes);
        for bytes in versions.into_iter().map(Bytes::from) {
            let glance = Glance::at(&bytes).map(|it| it.chunks().collect::<Vec<_>>());
            prop_assert_eq!(&glance, &by_decoding(&bytes));
            seen.set(seen.get() + usize::from(glance.is_some()));
        }
        Ok(())
    });
    checked.unwrap();
    assert!(seen.get() > 4096, "{seen:?}");
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
