//! Packets that are captured before and after a box that changes their addresses.

#![allow(clippy::unwrap_used, reason = "a panic fails the test")]

#[allow(dead_code, reason = "others need the rest of it")]
mod hand_made;

use hand_made::{File, frame};
use recording::PacketView as _;
use trace::{Survey, Translation};
use wire::chunk::{Data, Sack};
use wire::{Chunk, Ppid, Ssn, StreamId, Tsn};

const CLIENT: u32 = 0xc0ff_ee01;
const SERVER: u32 = 0x5e12_3402;

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
        payload: vec![7; 20].into(),
    })
}

fn sack(tsn: u32) -> Chunk {
    Chunk::Sack(Sack {
        cumulative_tsn_ack: Tsn(tsn),
        a_rwnd: 65_536,
        gap_ack_blocks: Vec::new(),
        duplicate_tsns: Vec::new(),
    })
}

/// Five chunks and their SACKs, captured on both sides of the box.
fn through_a_box(inside: &str, outside: &str, server: &str) -> File {
    let mut file = File::new();
    for tsn in 1..6 {
        file.at(0, &format!("{inside} {server}"), SERVER, data(tsn));
        file.at(1, &format!("{outside} {server}"), SERVER, data(tsn));
        file.at(1, &format!("{server} {outside}"), CLIENT, sack(tsn));
        file.at(0, &format!("{server} {inside}"), CLIENT, sack(tsn));
    }
    file
}

fn surveyed(file: &File) -> Survey {
    let (_folder, path) = file.written();
    Survey::of(trace::open(&path).unwrap()).unwrap()
}

/// The ends of each packet that is shown, and whether its checksum is right.
fn shown(file: &File) -> Vec<(String, bool)> {
    let (_folder, path) = file.written();
    let survey = Survey::of(trace::open(&path).unwrap()).unwrap();
    let packets = trace::open(&path).unwrap().placed(&survey);
    let told = packets.map(|packet| {
        let packet = packet.unwrap();
        let frame = packet.frame().unwrap();
        let sctp = packet.sctp().unwrap();
        let port = |at: usize| u16::from_be_bytes([sctp[at], sctp[at + 1]]);
        let ends = format!(
            "{}:{} {}:{}",
            frame.source,
            port(0),
            frame.destination,
            port(2)
        );
        (ends, wire::checksum_is_good(sctp))
    });
    told.collect()
}

#[test]
fn what_a_box_has_changed_is_one_packet() {
    for (inside, outside, server) in [
        ("10.0.1.1:5001", "203.0.113.7:40001", "192.0.2.9:5000"),
        ("10.0.1.1:5001", "10.0.1.1:40001", "192.0.2.9:5000"),
        // The box leaves the port as it is: each packet is there twice.
        ("10.0.1.1:5001", "203.0.113.7:5001", "192.0.2.9:5000"),
        (
            "[fd00::1]:5001",
            "[2001:db8::7]:40001",
            "[2001:db8::9]:5000",
        ),
    ] {
        let file = through_a_box(inside, outside, server);
        let survey = surveyed(&file);
        assert_eq!(
            (survey.hosts.len(), survey.paths.len()),
            (2, 1),
            "{outside}"
        );
        assert_eq!(survey.counts.copies, 10);
        assert_eq!(
            survey.translations,
            [Translation {
                shown: inside.parse().unwrap(),
                instead_of: outside.parse().unwrap(),
                peer: server.parse().unwrap(),
                packets: 10,
                is_certain: true,
            }]
        );
        let shown = shown(&file);
        assert_eq!(shown.len(), 10);
        let plain = |it: &str| it.replace(['[', ']'], "");
        let ways = [
            plain(&format!("{inside} {server}")),
            plain(&format!("{server} {inside}")),
        ];
        for (ends, is_good) in shown {
            assert!(ways.contains(&ends) && is_good, "{ends}: {is_good}");
        }
    }
}

/// A host with two addresses sends lost chunks again from its other address. These packets
/// are no copies of the first ones.
#[test]
fn what_a_host_sends_again_from_another_address_is_no_copy() {
    let sent_again = |last: u32| {
        let mut file = File::new();
        for tsn in 1..6 {
            file.at(0, "10.0.1.1:5001 192.0.2.9:5000", SERVER, data(tsn));
        }
        for tsn in 1..last {
            file.at(1, "10.0.2.1:5001 192.0.2.9:5000", SERVER, data(tsn));
        }
        for tsn in 6..9 {
            file.at(1, "10.0.2.1:5001 192.0.2.9:5000", SERVER, data(tsn));
        }
        (surveyed(&file), shown(&file).len())
    };
    let (few, all) = sent_again(3);
    assert_eq!((few.translations, few.counts.copies, all), (vec![], 0, 10));
    // With so many it cannot be told, and that is said.
    let (many, all) = sent_again(5);
    assert_eq!((many.counts.copies, all), (0, 12));
    let certain: Vec<bool> = many.translations.iter().map(|it| it.is_certain).collect();
    assert_eq!(certain, [false]);
}

/// What the server drops for its checksum is a fault, and is shown.
#[test]
fn a_box_that_keeps_the_checksum_is_no_translation() {
    let mut file = File::new();
    for tsn in 1..6 {
        let inside = frame("10.0.1.1:5001 192.0.2.9:5000", SERVER, data(tsn));
        let mut outside = frame("10.0.1.1:40001 192.0.2.9:5000", SERVER, data(tsn));
        // Behind the Ethernet and the IPv4 header.
        let checksum = 14 + 20 + 8..14 + 20 + 12;
        outside[checksum.clone()].copy_from_slice(&inside[checksum]);
        file.add_frame(0, inside);
        file.add_frame(1, outside);
    }
    let survey = surveyed(&file);
    assert_eq!((survey.translations, survey.counts.copies), (vec![], 0));
    assert_eq!(shown(&file).len(), 10);
}

/// One packet may be somebody else's who knows the tag.
#[test]
fn one_packet_is_not_enough() {
    let with = |copies: u32| {
        let mut file = File::new();
        for tsn in 1..6 {
            file.at(0, "10.0.1.1:5001 192.0.2.9:5000", SERVER, data(tsn));
        }
        for tsn in 1..=copies {
            file.at(1, "10.0.7.7:40001 192.0.2.9:5000", SERVER, data(tsn));
        }
        let certain = surveyed(&file)
            .translations
            .iter()
            .map(|it| it.is_certain)
            .collect::<Vec<_>>();
        (certain, shown(&file).len())
    };
    assert_eq!(with(1), (vec![false], 6));
    assert_eq!(with(3), (vec![true], 5));
}

/// A tag that anybody may choose tells nothing.
#[test]
fn tags_that_are_not_by_chance_prove_nothing() {
    let mut file = File::new();
    for tsn in 1..6 {
        file.at(0, "10.0.1.1:5001 192.0.2.9:5000", 7, data(tsn));
        file.at(1, "10.0.1.1:40001 192.0.2.9:5000", 7, data(tsn));
    }
    assert_eq!(surveyed(&file).translations, []);
}
