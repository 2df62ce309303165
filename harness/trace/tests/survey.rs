//! Hosts and paths in captures of all kinds.

#![allow(clippy::unwrap_used, reason = "a panic fails the test")]

mod hand_made;

use std::cell::RefCell;

use hand_made::{File, init, init_ack};
use pcapng::{CapturedPacket, Direction, Interface, InterfaceId, Section, Writer};
use recording::PacketView as _;
use trace::{CaptureError, Survey, open};
use wire::chunk::{Asconf, CookieAck, CookieEcho};
use wire::frame::LinkType;
use wire::parameter::AddressChange;
use wire::{Chunk, Parameter};

fn surveyed(file: &File) -> Survey {
    let (_folder, path) = file.written();
    Survey::of(open(&path).unwrap()).unwrap()
}

fn hosts(file: &File) -> Vec<String> {
    let survey = surveyed(file);
    let hosts = survey.hosts.iter().map(|ends| {
        let ends: Vec<String> = ends.iter().map(ToString::to_string).collect();
        ends.join(" ")
    });
    hosts.collect()
}

#[test]
fn init_and_init_ack_join_the_addresses_of_a_host() {
    let mut file = File::new();
    file.add(
        "10.0.1.1:7 10.0.1.2:8",
        0,
        init(1, &["10.0.1.1", "10.0.2.1"]),
    );
    file.add(
        "10.0.1.2:8 10.0.1.1:7",
        1,
        init_ack(2, &["10.0.1.2", "10.0.2.2"]),
    );
    file.add(
        "10.0.2.1:7 10.0.2.2:8",
        2,
        CookieEcho { cookie: "c".into() },
    );
    assert_eq!(hosts(&file), ["10.0.1.1 10.0.2.1", "10.0.1.2 10.0.2.2"]);
    let survey = surveyed(&file);
    assert_eq!(survey.host_names(), ["10.0.1.1 +1", "10.0.1.2 +1"]);
    assert_eq!(survey.paths.len(), 2);
    assert_eq!(survey.counts.sctp, 3);
    let second = &survey.paths[1];
    let ends = second.ends.map(|(end, _)| end.to_string());
    assert_eq!(second.name, "path-2");
    assert_eq!(ends, ["10.0.2.1", "10.0.2.2"]);
}

#[test]
fn without_a_handshake_the_tags_join_them() {
    let mut file = File::new();
    for (from, to) in [("10.0.1.1:7", "10.0.1.2:8"), ("10.0.2.1:7", "10.0.2.2:8")] {
        file.add(&format!("{from} {to}"), 77, CookieAck);
    }
    file.add("10.0.3.1:7 10.0.3.2:8", 78, CookieAck);
    assert_eq!(
        hosts(&file),
        [
            "10.0.1.1 10.0.2.1",
            "10.0.1.2 10.0.2.2",
            "10.0.3.1",
            "10.0.3.2"
        ]
    );
}

#[test]
fn an_added_address_is_its_senders() {
    let mut file = File::new();
    let added = Parameter::AddIpAddress(AddressChange {
        correlation_id: 1,
        address: "fd00::1".parse().unwrap(),
    });
    file.add(
        "10.0.1.1:7 10.0.1.2:8",
        5,
        Asconf {
            sequence_number: 1,
            address: "10.0.1.1".parse().unwrap(),
            parameters: vec![added],
        },
    );
    file.add("[fd00::1]:7 [fd00::2]:8", 9, CookieAck);
    assert_eq!(hosts(&file), ["10.0.1.1 fd00::1", "10.0.1.2", "fd00::2"]);
}

#[test]
fn addresses_that_both_sides_name_join_nobody_who_talks_to_each_other() {
    let bridge = "172.17.0.1";
    let mut file = File::new();
    file.add("10.0.1.1:7 10.0.1.2:8", 0, init(1, &["10.0.1.1", bridge]));
    file.add(
        "10.0.1.2:8 10.0.1.1:7",
        1,
        init_ack(2, &["10.0.1.2", bridge]),
    );
    assert_eq!(hosts(&file), ["10.0.1.1", "10.0.1.2"]);
    // The address is not joined even if it occurs in packets.
    file.add("10.0.1.1:7 172.17.0.1:8", 0, init(1, &["10.0.1.1"]));
    assert_eq!(hosts(&file).len(), 2);
}

#[test]
fn a_machine_that_talks_to_itself_is_two_hosts() {
    let mut file = File::new();
    file.add("127.0.0.1:7 127.0.0.1:8", 0, init(1, &[]));
    file.add("127.0.0.1:8 127.0.0.1:7", 1, init_ack(2, &[]));
    assert_eq!(hosts(&file), ["127.0.0.1:7", "127.0.0.1:8"]);
}

#[test]
fn what_two_interfaces_saw_counts_once_and_what_one_saw_twice_counts_twice() {
    let mut file = File::new();
    for interface in [0, 1, 1] {
        file.at(interface, "10.0.1.1:7 10.0.1.2:8", 5, CookieAck);
    }
    let survey = surveyed(&file);
    assert_eq!((survey.counts.sctp, survey.counts.copies), (3, 2));
    let mut file = File::new();
    for _ in 0..2 {
        file.at(0, "10.0.1.1:7 10.0.1.2:8", 5, CookieAck);
    }
    let (_folder, path) = file.written();
    let survey = Survey::of(open(&path).unwrap()).unwrap();
    let damage = RefCell::new(None);
    let placed = open(&path).unwrap().placed(&survey).up_to(&damage);
    assert_eq!(placed.count(), 2);
}

#[test]
fn every_format_and_link_type_says_the_same() {
    let mut file = File::new();
    file.add(
        "10.0.1.1:7 10.0.1.2:8",
        0,
        init(1, &["10.0.1.1", "10.0.2.1"]),
    );
    file.add("[fd00::1]:7 [fd00::2]:8", 9, CookieAck);
    let expected = hosts(&file);
    for path in file.in_every_form() {
        let survey = Survey::of(open(&path.1).unwrap()).unwrap();
        let names: Vec<String> = survey
            .hosts
            .iter()
            .map(|ends| ends[0].to_string())
            .collect();
        assert_eq!(names, expected, "{}", path.1.display());
        let damage = RefCell::new(None);
        let placed = open(&path.1).unwrap().placed(&survey).up_to(&damage);
        let sent: Vec<Vec<u8>> = placed.map(|it| it.sctp().unwrap().to_vec()).collect();
        assert_eq!(sent.len(), 2, "{}", path.1.display());
    }
}

#[test]
fn damage_is_told_and_what_comes_before_it_is_there() {
    let mut file = File::new();
    for tag in 1..=3 {
        file.add("10.0.1.1:7 10.0.1.2:8", tag, CookieAck);
    }
    let (_folder, path) = file.written();
    let whole = std::fs::read(&path).unwrap();
    std::fs::write(&path, &whole[..whole.len() - 10]).unwrap();
    let survey = Survey::of(open(&path).unwrap()).unwrap();
    assert_eq!(survey.counts.sctp, 2);
    let damage = RefCell::new(None);
    let placed = open(&path).unwrap().placed(&survey).up_to(&damage);
    assert_eq!(placed.count(), 2);
    let damage = damage.into_inner().unwrap().to_string();
    assert!(damage.ends_with("the file ends inside a block"), "{damage}");
}

#[test]
fn what_holds_no_sctp_is_refused() {
    let (_folder, path) = File::new().written();
    let error = Survey::of(open(&path).unwrap()).unwrap_err();
    assert!(matches!(error, CaptureError::NoSctp { packets: 0, .. }));
    std::fs::write(&path, b"#!/bin/sh\n").unwrap();
    let error = open(&path).err().unwrap().to_string();
    assert!(
        error.ends_with("neither a pcapng nor a pcap file"),
        "{error}"
    );
}

/// Every damaged capture gets an answer or an error.
#[test]
fn no_damage_makes_it_panic() {
    let mut file = File::new();
    file.add(
        "10.0.1.1:7 10.0.1.2:8",
        0,
        init(1, &["10.0.1.1", "10.0.2.1"]),
    );
    file.add("[fd00::1]:7 [fd00::2]:8", 9, Chunk::from(CookieAck));
    for (_folder, path) in file.in_every_form() {
        let whole = std::fs::read(&path).unwrap();
        for place in 0..whole.len() {
            for value in [0, 1, 0x7f, 0xff] {
                let mut damaged = whole.clone();
                damaged[place] ^= value;
                damaged.truncate(if value == 0 { place } else { whole.len() });
                std::fs::write(&path, &damaged).unwrap();
                let Ok(capture) = open(&path) else {
                    continue;
                };
                let Ok(survey) = Survey::of(capture) else {
                    continue;
                };
                let damage = RefCell::new(None);
                let placed = open(&path).unwrap().placed(&survey).up_to(&damage);
                assert!(placed.count() as u64 <= survey.counts.sctp);
            }
        }
    }
}

/// Linux's `any` captures a packet once for each interface that it passes, all in one
/// interface of the capture.
#[test]
fn copies_at_one_interface_are_told_from_retransmissions_by_their_ip_packet() {
    let counted = |packets: &[(u64, u16, u8)]| {
        let mut writer = Writer::new(Vec::new(), &Section::default()).unwrap();
        let mut interface = Interface::ethernet("any");
        interface.link_type = LinkType::LINUX_SLL;
        writer.add_interface(&interface).unwrap();
        for (millisecond, identification, kind) in packets {
            let mut ip = hand_made::frame("10.0.1.1:7 10.0.1.2:8", 5, CookieAck).split_off(14);
            ip[4..6].copy_from_slice(&identification.to_be_bytes());
            let mut header = [0; 16];
            header[1] = *kind;
            let bytes = [&header[..], &ip].concat();
            let at = 1_000_000 * millisecond;
            let packet = CapturedPacket::new(InterfaceId(0), at, bytes);
            writer.write_packet(&packet).unwrap();
        }
        let (_folder, path) = hand_made::kept("any.pcapng", &writer.finish().unwrap());
        let survey = Survey::of(open(&path).unwrap()).unwrap();
        let damage = RefCell::new(None);
        let placed = open(&path).unwrap().placed(&survey).up_to(&damage);
        assert_eq!(
            placed.count() as u64,
            survey.counts.sctp - survey.counts.copies
        );
        survey.counts.copies
    };
    assert_eq!(counted(&[(0, 77, 3), (1, 77, 4)]), 1, "one IP packet");
    assert_eq!(counted(&[(0, 77, 3), (1, 78, 3)]), 0, "another IP packet");
    assert_eq!(counted(&[(0, 77, 3), (50, 77, 3)]), 0, "much later");
    assert_eq!(counted(&[(0, 0, 3), (1, 0, 4)]), 1, "in and out");
    assert_eq!(counted(&[(0, 0, 4), (1, 0, 4)]), 0, "out and out again");
}

/// An ICMP error is placed like an answer to the packet that it quotes, whichever host
/// sends it.
#[test]
fn icmp_errors_are_placed_on_the_path_that_they_are_about() {
    const ETHERNET: usize = 14;
    let mut file = File::new();
    file.add("10.0.1.1:7 10.0.1.2:8", 5, CookieAck);
    let about = hand_made::frame("10.0.1.1:7 10.0.2.2:8", 5, CookieAck);
    let mut icmp = hand_made::frame("10.9.9.9:1 10.0.1.1:1", 0, CookieAck);
    icmp.truncate(ETHERNET + 20);
    icmp[ETHERNET + 9] = 1;
    icmp[ETHERNET + 3] = 20 + 8 + 28;
    icmp.extend([3, 1, 0, 0, 0, 0, 0, 0]);
    icmp.extend(&about[ETHERNET..ETHERNET + 28]);
    file.add_frame(0, icmp);
    let (_folder, path) = file.written();
    let survey = Survey::of(open(&path).unwrap()).unwrap();
    assert_eq!((survey.counts.sctp, survey.counts.icmp), (1, 1));
    let ends = survey.paths[1].ends.map(|(end, _)| end.to_string());
    assert_eq!(ends, ["10.0.1.1", "10.0.2.2"]);
    let damage = RefCell::new(None);
    let placed = open(&path).unwrap().placed(&survey).up_to(&damage);
    let interfaces: Vec<usize> = placed.map(|it| it.interface()).collect();
    // The error comes from the far end of the second path.
    assert_eq!(interfaces, [0, 3]);
}

/// The lab can also capture at other hosts. Such a capture is no run of the lab, although
/// its interfaces are called `host/interface`.
#[test]
fn what_the_lab_captured_at_other_hosts_is_a_capture_with_names() {
    let written = |comments: Vec<String>| {
        let section = Section {
            user_application: Some("sctp-lab".to_owned()),
            comments,
            ..Section::default()
        };
        let mut writer = Writer::new(Vec::new(), &section).unwrap();
        for name in ["client/any", "server/any"] {
            writer.add_interface(&Interface::ethernet(name)).unwrap();
        }
        let frame = hand_made::frame("10.0.1.1:7 10.0.1.2:8", 5, CookieAck);
        for (interface, direction) in [(0, Direction::Outbound), (1, Direction::Inbound)] {
            let at = 1_795_881_200_000_000_000 + 1_000_000 * u64::from(interface);
            let mut packet = CapturedPacket::new(InterfaceId(interface), at, frame.clone());
            packet.direction = Some(direction);
            writer.write_packet(&packet).unwrap();
        }
        hand_made::kept("targets.pcapng", &writer.finish().unwrap())
    };
    let (_folder, path) = written(vec![]);
    let capture = open(&path).unwrap();
    assert_eq!(capture.of_the_lab(), None);
    let survey = Survey::of(capture).unwrap();
    assert_eq!(survey.host_names(), ["client", "server"]);
    assert_eq!(survey.counts.copies, 1);
    let (_folder, path) = written(vec!["scenario handshake".to_owned()]);
    assert!(open(&path).unwrap().of_the_lab().is_some());
}
