//! Wireshark as the judge: tshark must read the same values that this crate writes.
//!
//! Without tshark the tests are ignored; where the environment variable
//! `SCTP_LAB_REQUIRE` lists `tshark`, they fail.

#![allow(clippy::unwrap_used, reason = "a panic fails the test")]

use std::process::ExitCode;

use pcapng_stream::{CapturedPacket, Direction, Interface, Reader, Section, Writer};
use trials::tshark::{self, Test, rewrite, rows};

const TESTS: &[(&str, Test)] = &[
    ("what_a_capture_says_of_its_packets", metadata),
    ("a_capture_that_wireshark_wrote", rewritten),
];

fn main() -> ExitCode {
    tshark::run("pcapng-tshark", TESTS)
}

const FIELDS: &[&str] = &[
    "frame.interface_id",
    "frame.interface_name",
    "frame.interface_description",
    "frame.time_epoch",
    "frame.packet_flags_direction",
    "frame.comment",
    "frame.len",
    "frame.cap_len",
];

fn interfaces() -> [Interface; 2] {
    let mut described = Interface::ethernet("path-b");
    described.description = Some("the server's end of path-b".to_owned());
    [Interface::ethernet("path-a"), described]
}

fn section() -> Section {
    Section {
        hardware: Some("none".to_owned()),
        os: Some("Linux 6.1".to_owned()),
        user_application: Some("sctp-lab".to_owned()),
        comments: vec!["a failover".to_owned()],
    }
}

/// A capture, and the packets in it.
fn written() -> (Vec<u8>, Vec<CapturedPacket>) {
    // The EtherType 0x88b5 is for local experiments (IEEE 802).
    let frame = || {
        let mut frame = vec![2; 12];
        frame.extend([0x88, 0xb5]);
        frame.resize(60, 7);
        frame
    };
    let mut writer = Writer::new(Vec::new(), &section()).unwrap();
    let [a, b] = interfaces().map(|it| writer.add_interface(&it).unwrap());
    let mut packets = vec![
        CapturedPacket::new(a, 0, frame()),
        CapturedPacket::new(b, 1_767_225_600_123_456_789, frame()),
        CapturedPacket::new(a, 1_767_225_600_123_456_790, frame()),
    ];
    packets[1].direction = Some(Direction::Inbound);
    packets[1].comments = vec!["dropped: the rule `cut path-b`, ä".to_owned()];
    packets[2].direction = Some(Direction::Outbound);
    packets[2].original_length = 9_000;
    for packet in &packets {
        writer.write_packet(packet).unwrap();
    }
    (writer.finish().unwrap(), packets)
}

fn metadata() -> Result<(), String> {
    let (bytes, packets) = written();
    let rows = rows(&bytes, FIELDS)?;
    if rows.len() != packets.len() {
        return Err(format!("{} packets, not {}", rows.len(), packets.len()));
    }
    for (row, packet) in rows.iter().zip(&packets) {
        let interface = &interfaces()[packet.interface.0 as usize];
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let (seconds, rest) = (
            packet.time_ns / 1_000_000_000,
            packet.time_ns % 1_000_000_000,
        );
        row.expect("frame.interface_id", &packet.interface.0.to_string())?;
        row.expect("frame.interface_name", &text(&interface.name))?;
        row.expect("frame.interface_description", &text(&interface.description))?;
        row.expect("frame.time_epoch", &format!("{seconds}.{rest:09}"))?;
        row.expect("frame.comment", &packet.comments.join(";"))?;
        row.expect("frame.len", &packet.original_length.to_string())?;
        row.expect("frame.cap_len", &packet.bytes.len().to_string())?;
        let direction = match packet.direction {
            None => "",
            Some(Direction::Inbound) => "0x00000001",
            Some(Direction::Outbound) => "0x00000002",
        };
        row.expect("frame.packet_flags_direction", direction)?;
    }
    Ok(())
}

/// Blocks and options of another tool are read, too.
fn rewritten() -> Result<(), String> {
    let (bytes, packets) = written();
    let bytes = rewrite(&bytes)?;
    let mut reader = Reader::new(&bytes[..]).map_err(|error| error.to_string())?;
    let read: Result<Vec<_>, _> = reader.by_ref().collect();
    let read = read.map_err(|error| error.to_string())?;
    if read != packets {
        return Err(format!("read {read:#?}, not {packets:#?}"));
    }
    let found: Vec<_> = reader.interfaces().map(|it| it.name.clone()).collect();
    let expected: Vec<_> = interfaces().map(|it| it.name).to_vec();
    match found == expected {
        true => Ok(()),
        false => Err(format!("interfaces {found:?}, not {expected:?}")),
    }
}
