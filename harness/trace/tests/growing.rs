//! Reads captures while they are written.

#![allow(clippy::unwrap_used, reason = "a panic fails the test")]

use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use flate2::Compression;
use flate2::write::GzEncoder;
use pcapng::{CapturedPacket, Interface, Section, Writer};
use recording::PacketView as _;
use tempfile::TempDir;
use trace::{CaptureError, Packets, Placer, Stranger, Survey, growing};
use wire::chunk::CookieAck;
use wire::frame::Envelope;
use wire::{Chunk, Packet, VerificationTag};

/// A pcapng capture of two packets.
fn capture() -> Vec<u8> {
    capture_of([10, 0, 0, 2], 8)
}

/// The same capture with another destination address or port.
fn capture_of(destination: [u8; 4], port: u16) -> Vec<u8> {
    let mut writer = Writer::new(Vec::new(), &Section::default()).unwrap();
    let interface = writer.add_interface(&Interface::ethernet("eth0")).unwrap();
    for number in 1..=2 {
        let tag = VerificationTag(number);
        let packet = Packet::new(7, port, tag, vec![Chunk::CookieAck(CookieAck)]);
        let envelope = Envelope::new([10, 0, 0, 1].into(), destination.into());
        let frame = envelope.encode(&packet).unwrap();
        let packet = CapturedPacket::new(interface, 1_000 * u64::from(number), frame);
        writer.write_packet(&packet).unwrap();
    }
    writer.finish().unwrap()
}

fn begun(bytes: &[u8]) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("growing.pcapng");
    fs::write(&path, bytes).unwrap();
    (folder, path)
}

fn append(path: &Path, bytes: &[u8]) {
    let mut file = OpenOptions::new().append(true).open(path).unwrap();
    file.write_all(bytes).unwrap();
}

fn number(packets: &mut Packets) -> u64 {
    packets.next().unwrap().unwrap().number_in_file()
}

fn complaint(packets: &mut Packets) -> String {
    match packets.next() {
        Some(Err(error @ CaptureError::Read { .. })) => error.to_string(),
        other => panic!("it can be read on: {:?}", other.map(|it| it.is_ok())),
    }
}

/// The file may end in a header, in a packet, or between two packets.
#[test]
fn half_a_block_is_waited_for() {
    let whole = capture();
    for end in [1, 13, 40, whole.len() / 2, whole.len() - 5] {
        let (_folder, path) = begun(&whole[..end]);
        let mut packets = growing(&path).unwrap();
        append(&path, &whole[end..]);
        assert_eq!((number(&mut packets), number(&mut packets)), (1, 2));
        // Only the new bytes are read.
        let none = packets.next_within(Duration::from_millis(1));
        assert!(none.is_none(), "the file does not end");
    }
}

#[test]
fn a_packet_comes_as_soon_as_its_block_is_there() {
    let whole = capture();
    let (_folder, path) = begun(&whole[..whole.len() - 1]);
    let mut packets = growing(&path).unwrap();
    assert_eq!(number(&mut packets), 1);
    append(&path, &whole[whole.len() - 1..]);
    assert_eq!(number(&mut packets), 2);
    // A second section after the first, as `cat` of two captures makes it.
    append(&path, &whole);
    assert_eq!(number(&mut packets), 3);
}

#[test]
fn a_file_that_was_cut_is_told() {
    let whole = capture();
    let (_folder, path) = begun(&whole);
    let mut packets = growing(&path).unwrap();
    assert_eq!((number(&mut packets), number(&mut packets)), (1, 2));
    let file = OpenOptions::new().write(true).open(&path).unwrap();
    file.set_len(20).unwrap();
    assert!(complaint(&mut packets).contains("it was cut while it was read"));
    assert!(packets.next().is_none());
}

#[test]
fn a_file_that_another_replaced_is_told() {
    let whole = capture();
    let (folder, path) = begun(&whole);
    let mut packets = growing(&path).unwrap();
    assert_eq!((number(&mut packets), number(&mut packets)), (1, 2));
    let other = folder.path().join("other.pcapng");
    fs::write(&other, &whole).unwrap();
    fs::rename(&other, &path).unwrap();
    assert!(complaint(&mut packets).contains("another file has taken its place"));
}

/// The writer may remove the file's name and keep writing.
#[test]
fn a_file_without_its_name_is_read_on() {
    let whole = capture();
    let (_folder, path) = begun(&whole);
    let mut writer = OpenOptions::new().append(true).open(&path).unwrap();
    let mut packets = growing(&path).unwrap();
    fs::remove_file(&path).unwrap();
    assert_eq!((number(&mut packets), number(&mut packets)), (1, 2));
    writer.write_all(&whole).unwrap();
    assert_eq!(number(&mut packets), 3);
}

#[test]
fn what_is_packed_is_refused_with_the_remedy() {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(&capture()).unwrap();
    let (_folder, path) = begun(&encoder.finish().unwrap());
    let mut packets = growing(&path).unwrap();
    assert!(complaint(&mut packets).contains("gunzip FILE"));
}

#[test]
fn what_is_no_capture_is_refused() {
    let (_folder, path) = begun(&[7; 64]);
    let mut packets = growing(&path).unwrap();
    assert!(complaint(&mut packets).contains("neither a pcapng nor a pcap file"));
    assert!(growing(Path::new("/no/such/capture")).is_err());
}

/// Packets that came after the survey are placed, if their addresses are known.
#[test]
fn what_comes_later_is_placed_by_its_addresses() {
    let (_folder, path) = begun(&capture());
    let survey = Survey::of(trace::open(&path).unwrap()).unwrap();
    append(&path, &capture_of([10, 0, 0, 2], 9));
    append(&path, &capture_of([10, 0, 0, 3], 9));
    let placer = Placer::new(&survey);
    let places = growing(&path).unwrap().take(6).map(|packet| {
        let placed = placer.place(packet.unwrap())?;
        Ok(placed.map(|it| (it.number(), it.interface(), it.file())))
    });
    let at = |number| Ok(Some((Some(number), 0, None)));
    assert_eq!(
        places.collect::<Vec<_>>(),
        [at(1), at(2), at(3), at(4), Err(Stranger), Err(Stranger)]
    );
}
