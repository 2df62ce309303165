//! Properties that hold for all captures.

#![allow(clippy::unwrap_used, reason = "a panic fails the test")]

use pcapng_stream::{
    CapturedPacket, Direction, Interface, InterfaceId, LinkType, ReadError, Reader, Section, Writer,
};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

/// This number of cases, the same in every run. The fuzz targets look for new cases.
fn cases(count: u32) -> ProptestConfig {
    ProptestConfig {
        cases: count,
        rng_seed: RngSeed::Fixed(9260),
        failure_persistence: None,
        max_shrink_time: 10_000,
        ..ProptestConfig::default()
    }
}

#[derive(Clone, Debug)]
struct Capture {
    section: Section,
    interfaces: Vec<Interface>,
    packets: Vec<CapturedPacket>,
}

impl Capture {
    fn write(&self) -> Vec<u8> {
        let mut writer = Writer::new(Vec::new(), &self.section).unwrap();
        for interface in &self.interfaces {
            writer.add_interface(interface).unwrap();
        }
        for packet in &self.packets {
            writer.write_packet(packet).unwrap();
        }
        writer.finish().unwrap()
    }
}

/// Reads all packets, and the error that ends them.
fn read(bytes: &[u8]) -> (Vec<CapturedPacket>, Option<ReadError>) {
    let mut packets = Vec::new();
    let reader = match Reader::new(bytes) {
        Ok(reader) => reader,
        Err(error) => return (packets, Some(error)),
    };
    for packet in reader {
        match packet {
            Ok(packet) => packets.push(packet),
            Err(error) => return (packets, Some(error)),
        }
    }
    (packets, None)
}

fn any_text() -> impl Strategy<Value = String> {
    "\\PC{0,20}"
}

fn any_section() -> impl Strategy<Value = Section> {
    let text = || option::of(any_text());
    (text(), text(), text(), vec(any_text(), 0..3)).prop_map(
        |(hardware, os, user_application, comments)| Section {
            hardware,
            os,
            user_application,
            comments,
        },
    )
}

fn any_interface() -> impl Strategy<Value = Interface> {
    let text = || option::of(any_text());
    (text(), text(), any::<u16>(), any::<u32>()).prop_map(
        |(name, description, link_type, snapshot_length)| Interface {
            name,
            description,
            link_type: LinkType(link_type),
            snapshot_length,
        },
    )
}

fn any_captured(interfaces: u32) -> impl Strategy<Value = CapturedPacket> {
    let direction = option::of(prop_oneof![
        Just(Direction::Inbound),
        Just(Direction::Outbound)
    ]);
    let comments = vec(any_text(), 0..3);
    let numbers = (0..interfaces, any::<u64>(), any::<u32>());
    (numbers, direction, comments, vec(any::<u8>(), 0..100)).prop_map(
        |((interface, time_ns, original_length), direction, comments, bytes)| CapturedPacket {
            interface: InterfaceId(interface),
            time_ns,
            direction,
            comments,
            original_length,
            bytes: bytes.into(),
        },
    )
}

fn any_capture() -> impl Strategy<Value = Capture> {
    let interfaces = vec(any_interface(), 1..4);
    (any_section(), interfaces).prop_flat_map(|(section, interfaces)| {
        let packet = any_captured(u32::try_from(interfaces.len()).unwrap());
        vec(packet, 0..6).prop_map(move |packets| Capture {
            section: section.clone(),
            interfaces: interfaces.clone(),
            packets,
        })
    })
}

proptest! {
    #![proptest_config(cases(512))]

    #[test]
    fn what_is_written_is_read(capture in any_capture()) {
        let bytes = capture.write();
        prop_assert_eq!(&bytes, &capture.write());
        let mut reader = Reader::new(&bytes[..]).unwrap();
        prop_assert_eq!(reader.section(), Some(&capture.section));
        let packets: Vec<_> = reader.by_ref().map(Result::unwrap).collect();
        prop_assert_eq!(packets, capture.packets);
        let interfaces: Vec<_> = reader.interfaces().cloned().collect();
        prop_assert_eq!(interfaces, capture.interfaces);
    }

    #[test]
    fn a_cut_capture_gives_what_came_before(
        capture in any_capture(),
        keep in any::<prop::sample::Index>(),
    ) {
        let mut bytes = capture.write();
        bytes.truncate(keep.index(bytes.len()));
        let (packets, error) = read(&bytes);
        prop_assert!(capture.packets.starts_with(&packets));
        if let Some(error) = error {
            prop_assert!(error.offset <= bytes.len() as u64, "{}", error);
        }
    }

    #[test]
    fn no_bytes_make_reading_panic(
        capture in any_capture(),
        changes in vec(any::<(prop::sample::Index, u8)>(), 1..8),
    ) {
        let mut bytes = capture.write();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let (_, Some(error)) = read(&bytes) {
            prop_assert!(error.offset <= bytes.len() as u64, "{}", error);
        }
    }
}
