//! Tests of the comparison of received packets with expected ones.

use wire::ChunkType;
use wire::chunk::{CookieAck, Data, Sack};
use wire::frame::{Envelope, UdpPorts};
use wire::{Packet, Ppid, Ssn, StreamId, Tsn, VerificationTag};

use super::*;

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

fn sack(duplicates: &[u32]) -> Chunk {
    Chunk::Sack(Sack {
        cumulative_tsn_ack: Tsn(17),
        a_rwnd: 1000,
        gap_ack_blocks: Vec::new(),
        duplicate_tsns: duplicates.iter().copied().map(Tsn).collect(),
    })
}

fn heard_in(envelope: &Envelope, chunks: &[Chunk]) -> Heard {
    let packet = Packet::new(5000, 5001, VerificationTag(7), chunks.to_vec());
    let frame = envelope.encode(&packet).expect("it fits");
    Heard::of(recording::Time::ZERO, &frame).expect("it is SCTP")
}

fn ip() -> Envelope {
    Envelope::new([10, 0, 1, 1].into(), [10, 0, 1, 2].into())
}

fn chunk(kind: ChunkType, fields: &[(&str, &[&str], bool, bool)]) -> ChunkWanted {
    let fields = fields
        .iter()
        .map(|(name, values, not, exactly)| FieldOfChunk {
            field: kind.field(name).expect("it has that field"),
            values: values.iter().map(|it| (*it).to_owned()).collect(),
            not: *not,
            exactly: *exactly,
        });
    ChunkWanted {
        kind,
        fields: fields.collect(),
    }
}

fn wanted(chunks: Vec<ChunkWanted>) -> PacketWanted {
    PacketWanted {
        chunks,
        ..PacketWanted::default()
    }
}

/// The memory of a peer that knows the TSN 7 by the name `seen`.
fn memory() -> Memory {
    Memory::knowing("seen", Value::Number(7))
}

/// A peer without keys but the empty one.
fn peer() -> Peer {
    Peer {
        name: scenario::EndpointName::new("peer"),
        node: scenario::NodeName::new("stranger"),
        port: 5001,
        addresses: Vec::new(),
        keys: Vec::new(),
        to: scenario::EndpointName::new("server"),
        to_address: ([10, 0, 1, 2].into(), Some(5000)),
    }
}

/// What differs, as `what: expected, seen`.
fn between(wanted: &PacketWanted, heard: &Heard) -> Vec<String> {
    let found = differences(wanted, heard, &memory(), &peer()).expect("every name is known");
    let shown = found.iter().map(|it| {
        let Difference {
            what,
            expected,
            seen,
        } = it;
        format!("{what}: {expected}, {seen}")
    });
    shown.collect()
}

#[test]
fn chunks_are_wanted_in_order_with_others_between_them() {
    let heard = heard_in(
        &ip(),
        &[sack(&[]), data(7), Chunk::CookieAck(CookieAck), data(8)],
    );
    let data = || chunk(ChunkType::Data, &[]);
    let of = |kind| chunk(kind, &[]);
    assert_eq!(between(&wanted(vec![]), &heard), [""; 0]);
    assert_eq!(between(&wanted(vec![data(), data()]), &heard), [""; 0]);
    assert_eq!(
        between(&wanted(vec![of(ChunkType::Sack), data()]), &heard),
        [""; 0]
    );
    assert_eq!(
        between(&wanted(vec![data(), of(ChunkType::Sack)]), &heard),
        ["chunk 2: SACK, COOKIE ACK"]
    );
    assert_eq!(
        between(&wanted(vec![data(), data(), data()]), &heard),
        ["chunk 3: DATA, none"]
    );
}

#[test]
fn only_is_nothing_else() {
    let heard = heard_in(&ip(), &[sack(&[]), data(7)]);
    let mut one = wanted(vec![chunk(ChunkType::Data, &[])]);
    one.only = true;
    assert_eq!(between(&one, &heard), ["chunks: 1, 2"]);
    one.chunks.insert(0, chunk(ChunkType::Sack, &[]));
    assert_eq!(between(&one, &heard), [""; 0]);
}

/// Among several chunks of a type, the wanted one is the one whose fields fit, not the
/// first.
#[test]
fn fields_choose_the_chunk() {
    let heard = heard_in(&ip(), &[data(7), data(8)]);
    let with = |tsn: &str| {
        wanted(vec![chunk(
            ChunkType::Data,
            &[("tsn", &[tsn], false, false)],
        )])
    };
    assert_eq!(between(&with("8"), &heard), [""; 0]);
    assert_eq!(between(&with("7..8"), &heard), [""; 0]);
    assert_eq!(between(&with("$seen + 1"), &heard), [""; 0]);
    assert_eq!(between(&with("9"), &heard), ["tsn of DATA: 9, 7"]);
    assert_eq!(between(&with("$seen + 2"), &heard), ["tsn of DATA: 9, 7"]);
}

#[test]
fn a_field_may_be_unwanted_or_wanted_whole() {
    let heard = heard_in(&ip(), &[sack(&[3, 4])]);
    let duplicates = |values: &[&str], not, exactly| {
        wanted(vec![chunk(
            ChunkType::Sack,
            &[("duplicate-tsns", values, not, exactly)],
        )])
    };
    assert_eq!(between(&duplicates(&["4"], false, false), &heard), [""; 0]);
    assert_eq!(between(&duplicates(&["5"], true, false), &heard), [""; 0]);
    assert_eq!(
        between(&duplicates(&["4"], true, false), &heard),
        ["duplicate-tsns of SACK: not 4, [3, 4]"]
    );
    assert_eq!(
        between(&duplicates(&["3", "4"], false, true), &heard),
        [""; 0]
    );
    assert_eq!(
        between(&duplicates(&["4"], false, true), &heard),
        ["duplicate-tsns of SACK: [4], [3, 4]"]
    );
}

#[test]
fn the_header_and_what_it_comes_in_are_compared() {
    let mut carried = ip();
    carried.udp = Some(UdpPorts {
        source: 9899,
        destination: 9900,
    });
    let heard = heard_in(&carried, &[data(7)]);
    let some = |text: &str| Some(text.to_owned());
    let right = PacketWanted {
        tag: some("$seen"),
        ports: [some("5000"), some("5000..5002")],
        addresses: [some("10.0.1.1"), None],
        checksum: Some(Sum::Good),
        carrier: Some(Carrier::Udp([9899, 9900])),
        ..PacketWanted::default()
    };
    assert_eq!(between(&right, &heard), [""; 0]);
    let wrong = PacketWanted {
        tag: some("8"),
        ports: [some("5001"), None],
        addresses: [None, some("10.0.1.1")],
        checksum: Some(Sum::Zero),
        carrier: Some(Carrier::Ip),
        ..PacketWanted::default()
    };
    assert_eq!(
        between(&wrong, &heard),
        [
            "tag: 8, 7",
            "source port: 5001, 5000",
            "destination: 10.0.1.1, 10.0.1.2",
            "checksum: zero, good",
            "carrier: not in UDP, in UDP from port 9899 to port 9900",
        ]
    );
}

/// A name without a value is an error of the step, never a match.
#[test]
fn a_name_without_a_value_matches_nothing() {
    let heard = heard_in(&ip(), &[data(7)]);
    let unknown = PacketWanted {
        tag: Some("$nobody".to_owned()),
        ..PacketWanted::default()
    };
    let error =
        differences(&unknown, &heard, &memory(), &peer()).expect_err("there is no such name");
    assert!(format!("{error:?}").contains("$nobody"), "{error:?}");
}
