//! Several captures, taken as one.

#![allow(clippy::unwrap_used, reason = "a panic fails the test")]

use std::net::IpAddr;
use std::path::PathBuf;

use pcapng::{CapturedPacket, Interface, Section, Writer};
use recording::{Direction, PacketView as _};
use tempfile::TempDir;
use trace::{CaptureError, Placed, Together};
use wire::chunk::{Data, Heartbeat};
use wire::frame::Envelope;
use wire::{Chunk, Packet, Ppid, Ssn, StreamId, Tsn, VerificationTag};

const MS: u64 = 1_000_000;
const START: u64 = 1_700_000_000_000 * MS;
/// Lead of the server's clock.
const AHEAD: u64 = 3_600_000 * MS;
/// Delay of each packet.
const WAY: u64 = 10 * MS;

const CLIENT: [u8; 4] = [10, 0, 0, 1];
const SERVER: [u8; 4] = [10, 0, 0, 2];
const THIRD: [u8; 4] = [10, 0, 0, 3];

fn data(tsn: u32) -> Chunk {
    Chunk::Data(Data {
        immediate: false,
        unordered: false,
        beginning: true,
        ending: true,
        tsn: Tsn(tsn),
        stream: StreamId(0),
        ssn: Ssn(tsn as u16),
        ppid: Ppid(0),
        payload: vec![0; 20].into(),
    })
}

fn heartbeat(number: u32) -> Chunk {
    Chunk::Heartbeat(Heartbeat {
        info: number.to_be_bytes().to_vec().into(),
    })
}

/// A frame with this time to live. Without a checksum, the frame is one whose checksum the
/// network card computes later.
fn frame(from: [u8; 4], to: [u8; 4], chunk: Chunk, ttl: u8, has_checksum: bool) -> Vec<u8> {
    let tag = VerificationTag(u32::from_be_bytes(to));
    let ports = (5000 + u16::from(from[3]), 5000 + u16::from(to[3]));
    let mut sctp = Packet::new(ports.0, ports.1, tag, vec![chunk]).encode();
    if !has_checksum {
        sctp[8..12].fill(0);
    }
    let envelope = Envelope {
        ttl,
        ..Envelope::new(IpAddr::from(from), IpAddr::from(to))
    };
    envelope.encode_sctp(&sctp).unwrap()
}

/// The captures at the client and at the server.
#[derive(Default)]
struct Hosts {
    client: Vec<(u64, Vec<u8>)>,
    server: Vec<(u64, Vec<u8>)>,
}

impl Hosts {
    /// The client sends at `at` milliseconds; the packet arrives at the server `times`
    /// times.
    fn there(&mut self, at: u64, chunk: Chunk, times: u64) {
        let (at, frame) = (START + at * MS, |ttl, checksum| {
            frame(CLIENT, SERVER, chunk.clone(), ttl, checksum)
        });
        self.client.push((at, frame(64, false)));
        for time in 0..times {
            self.server
                .push((at + WAY + time * MS + AHEAD, frame(60, true)));
        }
    }

    fn back(&mut self, at: u64, chunk: Chunk) {
        let at = START + at * MS;
        self.server
            .push((at + AHEAD, frame(SERVER, CLIENT, chunk.clone(), 64, true)));
        self.client
            .push((at + WAY, frame(SERVER, CLIENT, chunk, 60, true)));
    }

    fn written(mut self) -> (TempDir, Vec<PathBuf>) {
        let folder = tempfile::tempdir().unwrap();
        let files = [
            ("client.pcapng", &mut self.client),
            ("server.pcapng", &mut self.server),
        ];
        let paths = files.map(|(name, packets)| {
            packets.sort();
            let path = folder.path().join(name);
            write(&path, packets);
            path
        });
        (folder, paths.to_vec())
    }
}

fn write(path: &PathBuf, packets: &[(u64, Vec<u8>)]) {
    let mut writer = Writer::new(Vec::new(), &Section::default()).unwrap();
    let interface = writer.add_interface(&Interface::ethernet("eth0")).unwrap();
    for (at, frame) in packets {
        let packet = CapturedPacket::new(interface, *at, frame.clone());
        writer.write_packet(&packet).unwrap();
    }
    std::fs::write(path, writer.finish().unwrap()).unwrap();
}

fn call() -> Hosts {
    let mut hosts = Hosts::default();
    for number in 0..20 {
        hosts.there(100 * u64::from(number), data(number), 1);
        hosts.back(100 * u64::from(number) + 40, heartbeat(number));
    }
    hosts
}

fn placed(together: &Together) -> Vec<Placed> {
    let packets: Result<Vec<Placed>, CaptureError> = together.packets().unwrap().collect();
    packets.unwrap()
}

/// Milliseconds from the start, file, interface and direction of each packet.
fn told(packets: &[Placed]) -> Vec<(u64, usize, usize, Direction)> {
    let told = packets.iter().map(|it| {
        let at = it.at().as_nanos() / MS;
        (at, it.file().unwrap(), it.interface(), it.direction())
    });
    told.collect()
}

#[test]
fn two_hosts_stand_side_by_side_though_their_clocks_differ() {
    let mut hosts = call();
    hosts.there(500, data(100), 0);
    hosts.there(600, data(101), 2);
    let (_folder, files) = hosts.written();
    let together = Together::of(&files).unwrap();
    let sides = together.sides.as_ref().unwrap();
    assert!(sides.clock.ahead_ns.abs_diff(AHEAD as i64) <= 1);
    assert_eq!(sides.clock.within_ns, Some(WAY));
    assert_eq!(together.hosts_at(), [vec![0], vec![1]]);
    assert_eq!(together.survey.hosts.len(), 2);
    let packets = placed(&together);
    let told = told(&packets);
    assert_eq!(
        told[..4],
        [
            (0, 0, 0, Direction::Out),
            (10, 1, 1, Direction::In),
            (40, 1, 1, Direction::Out),
            (50, 0, 0, Direction::In),
        ]
    );
    let seen = |tsn| {
        let is_it = |it: &&Placed| {
            let packet = wire::Packet::decode_lenient(&it.keep(it.sctp().unwrap())).unwrap();
            matches!(&packet.packet.chunks[0], Chunk::Data(data) if data.tsn == Tsn(tsn))
        };
        packets.iter().filter(is_it).collect::<Vec<_>>()
    };
    assert_eq!(seen(100).len(), 1, "it was lost");
    assert_eq!(seen(101).len(), 3, "it came twice");
    // The likeness of a packet is the same at both hosts, although the checksum is not.
    assert_eq!(seen(3)[0].likeness(), seen(3)[1].likeness());
    assert_ne!(seen(3)[0].bytes(), seen(3)[1].bytes());
    // With the files in the other order the result is the same, by the other clock.
    let turned: Vec<PathBuf> = files.iter().rev().cloned().collect();
    let turned = Together::of(&turned).unwrap();
    let clock = turned.sides.as_ref().unwrap().clock;
    assert!((clock.ahead_ns + AHEAD as i64).abs() <= 1);
    assert_eq!(turned.hosts_at(), [vec![1], vec![0]]);
}

/// Nothing is said about packets that a capture missed because it began later or ended
/// sooner.
#[test]
fn what_the_other_could_not_capture_is_not_lost() {
    let mut hosts = call();
    hosts.server.sort();
    hosts.server.drain(..10);
    hosts.server.truncate(20);
    // A packet to a third host is in the client's capture only.
    let other = frame(CLIENT, THIRD, data(7), 64, true);
    hosts.client.push((START + 700 * MS, other));
    let (_folder, files) = hosts.written();
    let together = Together::of(&files).unwrap();
    assert!(together.sides.is_some());
    let packets = placed(&together);
    let of_client = told(&packets);
    let of_client = of_client.iter().filter(|(_, file, ..)| *file == 0);
    for (at, _, interface, direction) in of_client {
        let is_only = interface % 4 >= 2;
        let is_within = (490..=1_490).contains(at) && *interface < 4;
        assert_eq!(!is_only, is_within, "{at} {interface} {direction:?}");
    }
}

#[test]
fn of_the_same_place_each_packet_comes_once() {
    let mut hosts = call();
    let client: Vec<_> = hosts.client.clone();
    hosts.server = client.iter().skip(10).cloned().collect();
    hosts
        .server
        .push((START + 5_000 * MS, frame(THIRD, CLIENT, data(1), 64, true)));
    let (_folder, files) = hosts.written();
    let together = Together::of(&files).unwrap();
    assert!(together.sides.is_none());
    let told = told(&placed(&together));
    assert_eq!(told.len(), 41);
    assert!(told.is_sorted());
    assert_eq!(told[40].1, 1);
    assert!(told.iter().all(|(.., it)| *it == Direction::Out));
}

#[test]
fn of_one_direction_the_clocks_are_taken_to_agree() {
    let mut hosts = Hosts::default();
    for number in 0..20 {
        hosts.there(100 * u64::from(number), data(number), 1);
    }
    for (at, _) in &mut hosts.server {
        *at -= AHEAD;
    }
    let (_folder, files) = hosts.written();
    let together = Together::of(&files).unwrap();
    let sides = together.sides.as_ref().unwrap();
    assert_eq!((sides.clock.ahead_ns, sides.clock.within_ns), (0, None));
    assert_eq!(together.hosts_at(), [vec![0], vec![1]]);
}

#[test]
fn captures_of_different_calls_are_put_in_order() {
    let (_folder, mut files) = call().written();
    let folder = tempfile::tempdir().unwrap();
    let other = folder.path().join("other.pcapng");
    write(
        &other,
        &[(START + 55 * MS, frame(THIRD, SERVER, data(1), 64, true))],
    );
    files[1] = other;
    let together = Together::of(&files).unwrap();
    assert!(together.sides.is_none());
    let told = told(&placed(&together));
    assert_eq!((told.len(), told[2].0, told[2].1), (41, 55, 1));
}
