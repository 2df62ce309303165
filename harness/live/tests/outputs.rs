//! Tests captures with several outputs, by reading each output back.

#![allow(clippy::unwrap_used)]

use std::fs::{self, File};
use std::io::{Read, Write};
use std::num::{NonZeroU64, NonZeroUsize};
use std::path::{Path, PathBuf};

use live::{Destination, Ended, Filter, Header, Hub, OutputError, Outputs, Rotation};
use nix::sys::stat::Mode;
use nix::unistd::mkfifo;
use pcapng::{CapturedPacket, Interface, InterfaceId, Reader, Section};
use tempfile::{TempDir, tempdir};

const LENGTH: usize = 100;

fn header() -> Header {
    Header {
        section: Section::default(),
        interfaces: ["client/path-a", "server/path-a", "client/path-b"]
            .map(Interface::ethernet)
            .to_vec(),
    }
}

/// Packets whose time is their number, on three interfaces in turn.
fn packets(numbers: std::ops::Range<u64>) -> Vec<CapturedPacket> {
    numbers
        .map(|number| {
            let interface = InterfaceId((number % 3) as u32);
            CapturedPacket::new(interface, number, vec![0; LENGTH])
        })
        .collect()
}

fn start(destinations: &[Destination], rotation: Option<Rotation>) -> Hub {
    let outputs = Outputs::open(destinations, rotation).unwrap();
    Hub::start(header(), outputs, Filter::default(), None)
}

/// The numbers of the packets in a whole capture, and the names of their interfaces.
fn read(source: impl Read) -> Vec<(u64, String)> {
    let mut reader = Reader::new(source).unwrap();
    let mut seen = Vec::new();
    while let Some(packet) = reader.next() {
        let packet = packet.unwrap();
        let interface = reader.interface(packet.interface);
        seen.push((packet.time_ns, interface.name.clone().unwrap()));
    }
    seen
}

fn numbers(source: impl Read) -> Vec<u64> {
    read(source).into_iter().map(|(number, _)| number).collect()
}

fn range(numbers: std::ops::Range<u64>) -> Vec<u64> {
    numbers.collect()
}

fn pipe() -> (TempDir, PathBuf) {
    let folder = tempdir().unwrap();
    let path = folder.path().join("pipe");
    mkfifo(&path, Mode::S_IRWXU).unwrap();
    (folder, path)
}

/// Reads this number of packets, block by block, so that no byte too many is taken.
fn read_some(pipe: &mut File, packets: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut left = packets;
    while left > 0 {
        let start = bytes.len();
        bytes.resize(start + 8, 0);
        pipe.read_exact(&mut bytes[start..]).unwrap();
        let word = |at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap());
        let (kind, length) = (word(start), word(start + 4) as usize);
        bytes.resize(start + length, 0);
        pipe.read_exact(&mut bytes[start + 8..]).unwrap();
        left -= usize::from(kind == 6);
    }
    bytes
}

#[test]
fn a_file_has_every_packet_and_each_host_its_own() {
    let folder = tempdir().unwrap();
    let file = folder.path().join("all.pcapng");
    let split = folder.path().join("hosts");
    let hub = start(
        &[
            Destination::Path(file.clone()),
            Destination::Folder(split.clone()),
        ],
        None,
    );
    hub.take(packets(0..3));
    hub.take(packets(3..6));
    let reports = hub.finish();
    for report in &reports {
        assert!(matches!(report.ended, Ended::Whole), "{report:?}");
        assert_eq!((report.packets, report.missed), (6, 0));
    }
    let open = |path: &Path| File::open(path).unwrap();
    assert_eq!(numbers(open(&file)), range(0..6));
    let named = |number, name: &str| (number, name.to_owned());
    assert_eq!(
        read(open(&split.join("client.pcapng"))),
        [
            named(0, "client/path-a"),
            named(2, "client/path-b"),
            named(3, "client/path-a"),
            named(5, "client/path-b"),
        ]
    );
    assert_eq!(
        read(open(&split.join("server.pcapng"))),
        [named(1, "server/path-a"), named(4, "server/path-a")]
    );
}

#[test]
fn readers_of_a_pipe_come_and_go_and_each_gets_a_whole_stream() {
    let (folder, path) = pipe();
    let file = folder.path().join("all.pcapng");
    let to = [&path, &file].map(|path| Destination::Path(path.clone()));
    let outputs = Outputs::open(&to, None).unwrap();
    let readers = outputs.readers();
    let pipes: Vec<_> = readers.pipes().collect();
    assert_eq!(pipes, [path.to_str().unwrap()]);
    let mut first = File::open(&path).unwrap();
    readers.wait(1);
    let hub = Hub::start(header(), outputs, Filter::default(), None);

    hub.take(packets(0..10));
    assert_eq!(numbers(&read_some(&mut first, 10)[..]), range(0..10));
    // A second reader comes, and neither reader takes packets from the other.
    let mut second = File::open(&path).unwrap();
    readers.wait(2);
    hub.take(packets(10..20));
    let whole = read_some(&mut second, 10);
    assert_eq!(numbers(&whole[..]), range(10..20));
    // The first reader leaves, and leaves behind packets that it has not read.
    read_some(&mut first, 3);
    drop(first);

    let third = File::open(&path).unwrap();
    readers.wait(3);
    hub.take(packets(20..30));
    let rest = std::thread::spawn(move || numbers(third));
    let reading = std::thread::spawn(move || {
        let mut bytes = whole;
        second.read_to_end(&mut bytes).unwrap();
        numbers(&bytes[..])
    });
    let reports = hub.finish();
    assert_eq!(rest.join().unwrap(), range(20..30));
    assert_eq!(reading.join().unwrap(), range(10..30));
    assert!(matches!(reports[0].ended, Ended::Whole), "{reports:?}");
    assert_eq!(reports[0].packets, 20 + 20 + 10);
    assert_eq!(numbers(File::open(&file).unwrap()), range(0..30));
    let names = fs::read_dir(&folder).unwrap().count();
    assert_eq!(names, 2, "the pipe and the file");
}

#[test]
fn a_pipe_that_nobody_reads_is_no_hindrance() {
    let (_folder, path) = pipe();
    let hub = start(&[Destination::Path(path)], None);
    hub.take(packets(0..10));
    let reports = hub.finish();
    assert!(matches!(reports[0].ended, Ended::NoReader), "{reports:?}");
    assert_eq!(reports[0].packets, 0);
}

#[test]
fn files_follow_each_other_and_the_latest_are_kept() {
    let folder = tempdir().unwrap();
    let rotation = Rotation {
        size: NonZeroU64::new(500).unwrap(),
        keep: NonZeroUsize::new(2),
    };
    let path = folder.path().join("call.pcapng");
    let hub = start(&[Destination::Path(path.clone())], Some(rotation));
    // A file has room for three packets of some 150 bytes.
    hub.take(packets(0..11));
    let reports = hub.finish();
    assert!(matches!(reports[0].ended, Ended::Whole), "{reports:?}");
    let mut names: Vec<_> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names, ["call-00003.pcapng", "call-00004.pcapng"]);
    let of = |name: &str| numbers(File::open(folder.path().join(name)).unwrap());
    assert_eq!(of(&names[0]), range(6..9));
    assert_eq!(of(&names[1]), range(9..11));
}

#[test]
fn if_one_output_cannot_be_opened_none_is() {
    let folder = tempdir().unwrap();
    let [old, new] = ["old", "new"].map(|name| folder.path().join(name));
    File::create(&old).unwrap().write_all(b"precious").unwrap();
    let nowhere = folder.path().join("nowhere/file");
    let destinations = [&old, &new, &nowhere, &old].map(|path| Destination::Path(path.clone()));
    let errors = Outputs::open(&destinations, None).unwrap_err();
    assert!(matches!(errors[0], OutputError::Io { .. }), "{errors:?}");
    assert!(matches!(errors[1], OutputError::Twice(_)), "{errors:?}");
    assert_eq!(errors.len(), 2);
    assert_eq!(fs::read(&old).unwrap(), b"precious");
    assert!(!new.exists());
}

#[test]
fn an_output_that_fails_is_told_of_and_the_others_go_on() {
    let folder = tempdir().unwrap();
    let file = folder.path().join("all.pcapng");
    // Linux's device that is always full.
    let full = PathBuf::from("/dev/full");
    let hub = start(
        &[Destination::Path(full), Destination::Path(file.clone())],
        None,
    );
    hub.take(packets(0..10));
    let reports = hub.finish();
    assert!(matches!(reports[0].ended, Ended::Failed(_)), "{reports:?}");
    assert!(matches!(reports[1].ended, Ended::Whole), "{reports:?}");
    assert_eq!(numbers(File::open(&file).unwrap()), range(0..10));
}
