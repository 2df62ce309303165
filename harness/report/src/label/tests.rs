//! Tests of the labels of packets.

use wire::chunk::{Abort, Asconf, Data, ForwardTsn, GapAckBlock, HeartbeatAck, Shutdown};
use wire::{Cause, Ppid, StreamId, VerificationTag};

use super::*;
use crate::fixture::{CLIENT_TAG, CLIENT_TSN, SERVER_TAG, SERVER_TSN};
use crate::fixture::{init, init_ack, sack, ticker};
use crate::hosts::{Host, Link};
use crate::pairing::End;
use recording::Interface;

/// The label of a packet from the client to the server.
fn said(chunks: Vec<Chunk>) -> String {
    let origin = Origin {
        sender: Some(CLIENT_TSN),
        receiver: Some(SERVER_TSN),
        tag_of: Some(Host(1)),
        association: 1,
    };
    said_of(
        Packet::new(5000, 5001, SERVER_TAG, chunks),
        origin,
        Vec::new(),
    )
}

/// A line for a packet without any context.
fn line_of(packet: Packet) -> PacketLine {
    let error = None;
    PacketLine {
        link: Link(1),
        from: Host(0),
        to: Host(1),
        sent: None,
        received: None,
        frame: None,
        file: None,
        end: End::Lost,
        fault: None,
        fragments: 1,
        addresses: None,
        dscp: 0,
        strays: false,
        is_of_the_lab: true,
        content: Content::Sctp {
            packet: PartialPacket { packet, error },
            origin: Origin::default(),
            again: Vec::new(),
            cut: None,
        },
    }
}

fn said_of(packet: Packet, origin: Origin, again: Vec<Again>) -> String {
    let interface = |node: &str, link: &str| Interface {
        node: node.into(),
        link: link.into(),
    };
    let hosts = Hosts::of(&[
        interface("client", "path-a"),
        interface("server", "path-a"),
        interface("client", "path-b"),
    ]);
    let mut line = line_of(packet);
    if let Content::Sctp {
        origin: of_line,
        again: of_packet,
        ..
    } = &mut line.content
    {
        (*of_line, *of_packet) = (origin, again);
    }
    line.label(&hosts)
}

fn data(change: impl FnOnce(&mut Data)) -> Vec<Chunk> {
    let mut data = ticker(1);
    change(&mut data);
    vec![data.into()]
}

#[test]
fn the_handshake_tells_streams_and_addresses() {
    let label = said(vec![init().into()]);
    assert_eq!(label, "INIT streams 10/2048 addrs 10.0.1.1 10.0.2.1");
    let label = said(vec![init_ack().into()]);
    assert_eq!(label, "INIT ACK streams 10/10 addrs 10.0.1.2 10.0.2.2");
}

#[test]
fn data_tells_its_message_and_what_is_special_about_it() {
    assert_eq!(said(data(|_| {})), "DATA tsn+0 ticker 1");
    for (change, label) in [
        (
            (|it| it.payload = "hello".into()) as fn(&mut Data),
            "DATA tsn+0 5 B",
        ),
        (|it| it.stream = StreamId(2), "DATA tsn+0 ticker 1 stream 2"),
        (|it| it.ppid = Ppid(51), "DATA tsn+0 ticker 1 ppid 51"),
        (
            |it| (it.ppid, it.payload) = (Ppid(3), vec![1, 0, 3, 1, 0, 0, 0, 8].into()),
            "DATA tsn+0 8 B M3UA ASPUP",
        ),
        (
            |it| (it.ppid, it.payload) = (Ppid(60), "hello".into()),
            "DATA tsn+0 5 B NGAP",
        ),
        (
            |it| (it.ppid, it.payload) = (Ppid(60 << 24), vec![0x20, 21, 0, 0].into()),
            "DATA tsn+0 4 B NGAP NGSetup response, ppid 1006632960 with its bytes turned round",
        ),
        (
            |it| (it.ppid, it.payload) = (Ppid(99), "hello".into()),
            "DATA tsn+0 5 B ppid 99",
        ),
        (|it| it.unordered = true, "DATA tsn+0 ticker 1 unordered"),
        (|it| it.ending = false, "DATA tsn+0 ticker 1 first part"),
        (|it| it.beginning = false, "DATA tsn+0 100 B last part"),
    ] {
        assert_eq!(said(data(change)), label);
    }
}

#[test]
fn acknowledgements_count_from_the_other_sides_beginning() {
    let mut gaps = sack(1);
    gaps.cumulative_tsn_ack = SERVER_TSN + 3;
    gaps.gap_ack_blocks = vec![
        GapAckBlock { start: 2, end: 3 },
        GapAckBlock { start: 5, end: 5 },
    ];
    gaps.duplicate_tsns = vec![SERVER_TSN];
    gaps.a_rwnd = 0;
    assert_eq!(
        said(vec![gaps.into()]),
        "SACK cum+3 and +5..+6, +8 dup tsn+0 window closed"
    );
    let cumulative_tsn_ack = SERVER_TSN + u32::MAX;
    let shutdown = Shutdown { cumulative_tsn_ack };
    assert_eq!(said(vec![shutdown.into()]), "SHUTDOWN cum-1");
}

#[test]
fn bundled_chunks_stand_together_and_each_says_whether_it_was_sent_before() {
    let packet = Packet::new(
        1,
        2,
        SERVER_TAG,
        vec![ticker(2).into(), ticker(3).into(), ticker(4).into()],
    );
    let again = |number: u32, link| Again {
        tsn: CLIENT_TSN + (number - 1),
        before: Some(Link(link)),
    };
    let origin = Origin {
        sender: Some(CLIENT_TSN),
        association: 2,
        ..Origin::default()
    };
    assert_eq!(
        said_of(packet, origin, vec![again(2, 0), again(3, 1)]),
        "#2 DATA tsn+1 ticker 2 again, on path-b | DATA tsn+2 ticker 3 again | DATA tsn+3 ticker 4"
    );
}

#[test]
fn messages_in_a_row_are_told_in_one() {
    let chunks: Vec<Chunk> = (1..=5).map(|number| ticker(number).into()).collect();
    let packet = Packet::new(1, 2, SERVER_TAG, chunks);
    let origin = Origin {
        sender: Some(CLIENT_TSN),
        ..Origin::default()
    };
    let again = |number: u32| Again {
        tsn: CLIENT_TSN + (number - 1),
        before: Some(Link(0)),
    };
    assert_eq!(
        said_of(packet, origin, vec![again(1), again(2)]),
        "DATA tsn+0..+1 ticker 1..2 again, on path-b | DATA tsn+2..+4 ticker 3..5"
    );
}

#[test]
fn an_end_tells_why_and_whose_tag_it_reflects() {
    let abort = |tag_reflected| Abort {
        tag_reflected,
        causes: vec![Cause::OutOfResource(())],
    };
    assert_eq!(said(vec![abort(false).into()]), "ABORT: Out of Resource");
    assert_eq!(
        said(vec![abort(true).into()]),
        "ABORT with tag(server): Out of Resource"
    );
    let stray = Packet::new(1, 2, VerificationTag(7), vec![abort(true).into()]);
    assert_eq!(
        said_of(stray, Origin::default(), Vec::new()),
        "ABORT with tag 0x00000007: Out of Resource"
    );
}

#[test]
fn other_chunks_go_by_their_names() {
    let skip = ForwardTsn {
        new_cumulative_tsn: CLIENT_TSN + 4,
        skipped: vec![],
    };
    let info = "?".into();
    let label = said(vec![HeartbeatAck { info }.into(), skip.into()]);
    assert_eq!(label, "HEARTBEAT ACK | FORWARD TSN to tsn+4");
    let asconf = Asconf {
        sequence_number: 1,
        address: [10, 0, 1, 1].into(),
        parameters: vec![],
    };
    assert_eq!(said(vec![asconf.into()]), "ASCONF");
}

#[test]
fn without_a_beginning_numbers_are_as_they_are() {
    let chunks = vec![ticker(1).into(), sack(1).into()];
    let packet = Packet::new(1, 2, CLIENT_TAG, chunks);
    assert_eq!(
        said_of(packet, Origin::default(), Vec::new()),
        "DATA tsn 4294967294 ticker 1 | SACK cum 4294967294"
    );
}

#[test]
fn what_is_wrong_with_a_packet_is_said() {
    assert_eq!(said(vec![]), "no chunks");
    let mut packet = Packet::new(1, 2, CLIENT_TAG, vec![ticker(1).into()]);
    packet.checksum = Checksum::Wrong {
        found: 1,
        computed: 2,
    };
    let label = said_of(packet, Origin::default(), Vec::new());
    assert!(label.ends_with(", bad checksum"), "{label}");
}

#[test]
fn payloads_of_others_are_no_messages_of_the_lab() {
    let chunks = data(|it| it.payload = "DATA tsn 2\nand so on".into());
    let mut line = line_of(Packet::new(5000, 5001, SERVER_TAG, chunks));
    let hosts = Hosts::between(vec!["client".into(), "server".into()], vec![]);
    assert_eq!(line.label(&hosts), "DATA tsn 4294967294 tsn 2");
    line.is_of_the_lab = false;
    assert_eq!(line.label(&hosts), "DATA tsn 4294967294 20 B");
}
