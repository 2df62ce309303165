//! Measures time and memory for the ladder of a million packets. The packets are made as
//! they are needed, so that all memory is the ladder's.

use std::net::IpAddr;
use std::time::Instant;

use recording::{Direction, Interface, MessageId, Packet, Time};
use report::{Hosts, LadderOptions, Setting, draw, lines};
use wire::chunk::{Data, Sack};
use wire::frame::Envelope;
use wire::{Chunk, Ppid, Ssn, StreamId, Tsn, VerificationTag};

const PACKETS: u32 = 1_000_000;

/// One in this many frames is lost.
const LOSS: u32 = 100;

fn main() {
    let interface = |node: &str| Interface {
        node: node.into(),
        link: "path-a".into(),
    };
    let hosts = Hosts::of(&[interface("client"), interface("server")]);
    let options = LadderOptions::default();
    let started = Instant::now();
    let made = packets().map(|packet| packet.frame.len()).sum::<usize>();
    let making = started.elapsed();
    println!(
        "made {PACKETS} packets, {} MB, in {making:.2?}",
        made / 1_000_000
    );
    let started = Instant::now();
    let rows = draw(
        lines(&hosts, Setting::of_the_lab(), packets(), [], false),
        &hosts,
        &options,
    )
    .count();
    let took = started.elapsed().saturating_sub(making);
    println!("drew them in {rows} rows in {took:.2?}; {}", memory());
}

/// DATA and SACK alternately, each captured at both ends.
fn packets() -> impl Iterator<Item = Packet> {
    (0..PACKETS / 4).flat_map(|number| {
        let data = frame(1, 2, data(number).into());
        let sack = frame(2, 1, sack(number).into());
        let seen = |at: u64, interface, direction, frame: &Vec<u8>| Packet {
            at: Time::from_nanos(u64::from(number) * 100_000 + at),
            interface,
            direction,
            frame: frame.clone().into(),
            fault: None,
        };
        let arrives = number % LOSS != LOSS - 1;
        let sent = seen(0, 0, Direction::Out, &data);
        let received = seen(10_000, 1, Direction::In, &data);
        let answered = seen(20_000, 1, Direction::Out, &sack);
        let heard = seen(30_000, 0, Direction::In, &sack);
        let packets = [
            Some(sent),
            arrives.then_some(received),
            Some(answered),
            Some(heard),
        ];
        packets.into_iter().flatten()
    })
}

fn frame(from: u8, to: u8, chunk: Chunk) -> Vec<u8> {
    let address = |host| IpAddr::from([10, 0, 1, host]);
    let port = |host| 5000 + u16::from(host);
    let tag = VerificationTag(u32::from(to));
    let packet = wire::Packet::new(port(from), port(to), tag, vec![chunk]);
    let envelope = Envelope::new(address(from), address(to));
    envelope.encode(&packet).expect("a small packet fits")
}

fn data(number: u32) -> Data {
    let id = MessageId {
        sender: "client".into(),
        step: "ticker".into(),
        number: number.into(),
    };
    Data {
        immediate: false,
        unordered: false,
        beginning: true,
        ending: true,
        tsn: Tsn(number),
        stream: StreamId(0),
        ssn: Ssn(0),
        ppid: Ppid(0),
        payload: id.payload(100).into(),
    }
}

fn sack(number: u32) -> Sack {
    Sack {
        cumulative_tsn_ack: Tsn(number),
        a_rwnd: 106_496,
        gap_ack_blocks: vec![],
        duplicate_tsns: vec![],
    }
}

/// The peak memory of the process, as the kernel reports it.
fn memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find(|line| line.starts_with("VmHWM"));
    peak.unwrap_or("no figure of memory here")
        .replace('\t', " ")
}
