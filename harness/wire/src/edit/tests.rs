//! Tests of fields that are changed in encoded packets.

use super::{Setting, repair_checksum};
use crate::chunk::{Abort, CookieAck, Data, Init, Sack};
use crate::field::FieldValue;
use crate::{
    Chunk, ChunkType, Packet, Ppid, Ssn, StreamId, Tsn, VerificationTag, checksum_is_good,
};

fn data() -> Chunk {
    Chunk::Data(Data {
        immediate: false,
        unordered: false,
        beginning: true,
        ending: true,
        tsn: Tsn(1),
        stream: StreamId(2),
        ssn: Ssn(3),
        ppid: Ppid(4),
        payload: "hello".into(),
    })
}

fn packet(chunks: Vec<Chunk>) -> Vec<u8> {
    Packet::new(5000, 5001, VerificationTag(7), chunks).encode()
}

#[test]
fn every_place_holds_the_field_of_its_name() {
    let chunks: Vec<Chunk> = vec![
        data(),
        Init {
            initiate_tag: VerificationTag(1),
            a_rwnd: 2,
            outbound_streams: 3,
            inbound_streams: 4,
            initial_tsn: Tsn(5),
            parameters: vec![],
        }
        .into(),
        Sack {
            cumulative_tsn_ack: Tsn(1),
            a_rwnd: 2,
            gap_ack_blocks: vec![],
            duplicate_tsns: vec![],
        }
        .into(),
        Abort {
            tag_reflected: false,
            causes: vec![],
        }
        .into(),
    ];
    for chunk in chunks {
        let kind = chunk.kind();
        // After another chunk that needs padding, as in a bundle.
        let whole = packet(vec![data(), chunk]);
        let named = |name: &str| kind.field(name).is_some();
        for (name, greatest) in Setting::fields(Some(kind)).filter(|(name, _)| named(name)) {
            let mut changed = whole.clone();
            let setting = Setting::new(Some(kind), name, greatest).unwrap();
            assert!(setting.write(&mut changed, 1), "{kind} {name}");
            let decoded = Packet::decode(&changed).unwrap();
            let mut fields = decoded.chunks[1].fields().into_iter();
            let field = fields.find(|field| field.name == name).unwrap();
            let expected = match field.values[0] {
                FieldValue::Flag(_) => FieldValue::Flag(true),
                FieldValue::Tag(_) => FieldValue::Tag(VerificationTag(greatest)),
                _ => FieldValue::Number(greatest.into()),
            };
            assert_eq!(field.values, [expected], "{kind} {name}");
            assert_eq!(decoded.chunks[0], data(), "{kind} {name}");
        }
    }
}

#[test]
fn a_field_of_the_header_is_set_whatever_the_chunks_are() {
    let mut changed = packet(vec![CookieAck.into()]);
    let tag = Setting::new(Some(ChunkType::CookieAck), "verification-tag", 9).unwrap();
    assert!(tag.write(&mut changed, 0));
    assert!(!checksum_is_good(&changed));
    repair_checksum(&mut changed);
    let decoded = Packet::decode(&changed).unwrap();
    assert_eq!(decoded.verification_tag, VerificationTag(9));
    assert!(checksum_is_good(&changed));
}

#[test]
fn what_has_no_place_is_not_set() {
    assert_eq!(Setting::new(None, "tsn", 1), None);
    assert_eq!(Setting::new(Some(ChunkType::Data), "t", 1), None);
    assert_eq!(Setting::new(Some(ChunkType::Data), "u", 2), None);
    assert_eq!(Setting::new(Some(ChunkType::Data), "ssn", 0x1_0000), None);
    let tsn = Setting::new(Some(ChunkType::Data), "tsn", 1).unwrap();
    let whole = packet(vec![data()]);
    for length in 0..whole.len() {
        let mut cut = whole[..length].to_vec();
        assert_eq!(tsn.write(&mut cut, 0), length >= 20, "{length}");
        assert!(!tsn.write(&mut cut, 1), "{length}");
        repair_checksum(&mut cut);
    }
    let mut without_length = whole;
    without_length[14..16].fill(0);
    assert!(!tsn.write(&mut without_length, 0));
}
