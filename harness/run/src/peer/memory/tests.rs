//! Tests of the memory of a scripted peer.

use wire::chunk::{Data, Init, InitAck};
use wire::frame::Envelope;
use wire::{Packet, Parameter, Ppid, Ssn, StreamId, VerificationTag};

use super::*;

fn empty() -> Memory {
    Memory {
        names: BTreeMap::new(),
        ahead: BTreeSet::new(),
        keys: Keys::default(),
        around: None,
    }
}

fn data(tsn: u32) -> Chunk {
    Chunk::Data(Data {
        immediate: false,
        unordered: false,
        beginning: true,
        ending: true,
        tsn: Tsn(tsn),
        stream: StreamId(0),
        ssn: Ssn(0),
        ppid: Ppid(0),
        payload: "x".into(),
    })
}

fn init(tag: u32, tsn: u32) -> Init {
    Init {
        initiate_tag: VerificationTag(tag),
        a_rwnd: 65_536,
        outbound_streams: 1,
        inbound_streams: 1,
        initial_tsn: Tsn(tsn),
        parameters: Vec::new(),
    }
}

fn heard(chunks: Vec<Chunk>) -> Heard {
    let packet = Packet::new(5000, 5001, VerificationTag(7), chunks);
    let envelope = Envelope::new([10, 0, 1, 1].into(), [10, 0, 1, 2].into());
    let frame = envelope.encode(&packet).expect("it fits");
    Heard::of(recording::Time::ZERO, &frame).expect("it is SCTP")
}

/// The cumulative TSN and the gaps of the peer's SACK, after these TSNs have come.
fn acknowledged(memory: &mut Memory, tsns: &[u32]) -> (Option<u32>, String) {
    memory.hear(&heard(tsns.iter().copied().map(data).collect()));
    (memory.number("cum"), Value::List(memory.gaps()).to_string())
}

#[test]
fn what_is_acknowledged_follows_what_came() {
    let mut memory = empty();
    memory.hear(&heard(vec![init(9, 100).into()]));
    assert_eq!(memory.number("peer-port"), Some(5000));
    assert_eq!(memory.number("peer-tag"), Some(9));
    let mut after = |tsns: &[u32]| acknowledged(&mut memory, tsns);
    assert_eq!(after(&[]), (Some(99), "[]".to_owned()));
    assert_eq!(after(&[100]), (Some(100), "[]".to_owned()));
    // 101 is missing.
    assert_eq!(
        after(&[102, 103, 105]),
        (Some(100), "[2-3, 5-5]".to_owned())
    );
    // A duplicate, and TSNs that are acknowledged already.
    assert_eq!(after(&[102, 99, 100]), (Some(100), "[2-3, 5-5]".to_owned()));
    assert_eq!(after(&[101]), (Some(103), "[2-2]".to_owned()));
    assert_eq!(after(&[104]), (Some(105), "[]".to_owned()));
}

/// TSNs wrap around at 32 bits (RFC 9260, section 1.6).
#[test]
fn acknowledging_goes_on_behind_the_greatest_tsn() {
    let mut memory = empty();
    memory.hear(&heard(vec![init(9, u32::MAX - 1).into()]));
    let mut after = |tsns: &[u32]| acknowledged(&mut memory, tsns);
    assert_eq!(
        after(&[u32::MAX, 1, 2]),
        (Some(u32::MAX - 2), "[2-2, 4-5]".to_owned())
    );
    assert_eq!(after(&[u32::MAX - 1]), (Some(u32::MAX), "[2-3]".to_owned()));
    assert_eq!(after(&[0]), (Some(2), "[]".to_owned()));
}

/// A new association starts without the TSNs of the one before.
#[test]
fn another_handshake_begins_anew() {
    let mut memory = empty();
    memory.hear(&heard(vec![init(9, 100).into()]));
    acknowledged(&mut memory, &[100, 103]);
    let Init {
        a_rwnd,
        outbound_streams,
        inbound_streams,
        ..
    } = init(0, 0);
    let answer = InitAck {
        initiate_tag: VerificationTag(10),
        a_rwnd,
        outbound_streams,
        inbound_streams,
        initial_tsn: Tsn(7000),
        parameters: vec![Parameter::StateCookie("crumbs".into())],
    };
    memory.hear(&heard(vec![answer.into()]));
    assert_eq!(memory.number("peer-tag"), Some(10));
    assert_eq!(memory.get("cookie"), Some(Value::Bytes("crumbs".into())));
    assert_eq!(
        acknowledged(&mut memory, &[]),
        (Some(6999), "[]".to_owned())
    );
}

/// The stream sequence number advances with each ordered message (RFC 9260, section 6.6):
/// of a message in fragments, with the last one.
#[test]
fn a_peer_counts_what_it_says() {
    let say = |memory: &mut Memory, slots: &[(&'static str, u64)]| {
        let chunk = Item::new(Kind::Chunk(ChunkType::Data));
        let chunk = slots.iter().fold(chunk, |chunk, (slot, number)| {
            chunk.with(slot, Value::Number(*number))
        });
        memory.say(&[chunk]);
        (memory.number("next-tsn"), memory.number("next-ssn"))
    };
    let mut memory = empty();
    let begins = Item::new(Kind::Chunk(ChunkType::Init))
        .with("initiate-tag", Value::Number(5))
        .with("initial-tsn", Value::Number(u32::MAX.into()));
    memory.say(&[begins]);
    assert_eq!(memory.number("tag"), Some(5));
    let last = u64::from(u32::MAX);
    let fragment = [("tsn", last), ("ssn", 0), ("b", 1), ("e", 0)];
    assert_eq!(say(&mut memory, &fragment), (Some(0), Some(0)));
    let ends = [("tsn", 0), ("ssn", 0), ("e", 1)];
    assert_eq!(say(&mut memory, &ends), (Some(1), Some(1)));
    let unordered = [("tsn", 1), ("ssn", 0), ("u", 1), ("b", 1), ("e", 1)];
    assert_eq!(say(&mut memory, &unordered), (Some(2), Some(1)));
}
