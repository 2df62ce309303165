//! Tests of the ladder as text.

use recording::{Direction, Event, Fields, Interface, Outcome, Value};

use super::*;
use crate::fixture::{Story, ToClient, ToServer, frame, sack, ticker};

/// A short failover.
fn failover() -> Story {
    let mut story = Story::connected();
    story.event(
        500,
        Event::Call {
            endpoint: "client".into(),
            call: "sctp_connectx".into(),
            arguments: "10.0.1.2:5000".into(),
            result: Ok("1".into()),
        },
    );
    for (at, endpoint) in [(31_100, "server"), (41_100, "client")] {
        let fields = [("sac_state", "SCTP_COMM_UP")];
        story.event(at, notification(endpoint, "SCTP_ASSOC_CHANGE", &fields));
    }
    for number in 1..=20 {
        story.exchange(500_000 * u64::from(number), 'a', number);
    }
    story.heartbeat(5_200_000, 'b');
    story.step(10_200_000, "cut path-a");
    let cut = Some("dropped by `cut path-a`");
    story.lost(10_500_000, ToServer('a'), ticker(21), cut);
    story.lost(10_500_100, ToClient('a'), sack(20), cut);
    story.arrives(11_500_000, ToServer('b'), ticker(21));
    story.arrives(11_510_000, ToClient('b'), sack(21));
    let fields = [
        ("spc_state", "SCTP_ADDR_UNREACHABLE"),
        ("spc_aaddr", "10.0.1.2"),
    ];
    story.event(
        73_500_000,
        notification("client", "SCTP_PEER_ADDR_CHANGE", &fields),
    );
    story.event(
        74_000_000,
        Event::StepEnded {
            step: "healed".into(),
            outcome: Outcome::NotSeen,
        },
    );
    story
}

fn notification(endpoint: &str, name: &str, fields: &[(&str, &str)]) -> Event {
    let fields = fields.iter();
    Event::Notification {
        endpoint: endpoint.into(),
        association: Some("client-server".into()),
        name: name.into(),
        fields: Fields(
            fields
                .map(|(name, value)| ((*name).to_owned(), Value::Text((*value).to_owned())))
                .collect(),
        ),
    }
}

fn options(width: usize) -> LadderOptions {
    LadderOptions {
        width,
        ..LadderOptions::default()
    }
}

#[test]
fn a_failover() {
    insta::assert_snapshot!(ladder(&failover().0, &options(100)), @r"
      time  client                                                                             server
     0.000  ── connect client → server ──────────────────────────────────────────────────────────────
     0.000  ◇ sctp_connectx(10.0.1.2:5000) = 1                                                      │
     0.001  │─ path-a ─ INIT streams 10/2048 addrs 10.0.1.1 10.0.2.1 ──────────────────────────────▶│
     0.011  │◀ path-a ─ INIT ACK streams 10/10 addrs 10.0.1.2 10.0.2.2 ─────────────────────────────│
     0.021  │─ path-a ─ COOKIE ECHO ───────────────────────────────────────────────────────────────▶│
     0.031  │◀ path-a ─ COOKIE ACK ─────────────────────────────────────────────────────────────────│
     0.031  │                                                                          SCTP_COMM_UP ◆
     0.041  ◆ SCTP_COMM_UP                                                                          │
     0.500  │─ path-a ─ DATA tsn+0 ticker 1 ───────────────────────────────────────────────────────▶│
     0.510  │◀ path-a ─ SACK cum+0 ─────────────────────────────────────────────────────────────────│
     1.000  ┊ 4.0 s: 9 × DATA, 9 × SACK on path-a                                                   ┊
     5.200  │─ path-b ─ HEARTBEAT ─────────────────────────────────────────────────────────────────▶│
     5.210  │◀ path-b ─ HEARTBEAT ACK ──────────────────────────────────────────────────────────────│
     5.500  ┊ 4.0 s: 9 × DATA, 9 × SACK on path-a                                                   ┊
    10.000  │─ path-a ─ DATA tsn+19 ticker 20 ─────────────────────────────────────────────────────▶│
    10.010  │◀ path-a ─ SACK cum+19 ────────────────────────────────────────────────────────────────│
    10.200  ── cut path-a ───────────────────────────────────────────────────────────────────────────
    10.500  │─ path-a ─ DATA tsn+20 ticker 21 ──✗ dropped by `cut path-a`                           │
    10.500  │                                     dropped by `cut path-a` ✗── path-a ─ SACK cum+19 ─│
    11.500  │─ path-b ─ DATA tsn+20 ticker 21 again, on path-b ────────────────────────────────────▶│
    11.510  │◀ path-b ─ SACK cum+20 ────────────────────────────────────────────────────────────────│
    73.500  ◆ SCTP_ADDR_UNREACHABLE 10.0.1.2                                                        │
    74.000  ─✗ healed: not seen ─────────────────────────────────────────────────────────────────────
    ");
}

#[test]
fn a_failover_in_eighty_columns() {
    insta::assert_snapshot!(ladder(&failover().0, &options(80)), @r"
      time  client                                                         server
     0.000  ── connect client → server ──────────────────────────────────────────
     0.000  ◇ sctp_connectx(10.0.1.2:5000) = 1                                  │
     0.001  │─ path-a ─ INIT streams 10/2048 addrs 10.0.1.1 10.0.2.1 ──────────▶│
     0.011  │◀ path-a ─ INIT ACK streams 10/10 addrs 10.0.1.2 10.0.2.2 ─────────│
     0.021  │─ path-a ─ COOKIE ECHO ───────────────────────────────────────────▶│
     0.031  │◀ path-a ─ COOKIE ACK ─────────────────────────────────────────────│
     0.031  │                                                      SCTP_COMM_UP ◆
     0.041  ◆ SCTP_COMM_UP                                                      │
     0.500  │─ path-a ─ DATA tsn+0 ticker 1 ───────────────────────────────────▶│
     0.510  │◀ path-a ─ SACK cum+0 ─────────────────────────────────────────────│
     1.000  ┊ 4.0 s: 9 × DATA, 9 × SACK on path-a                               ┊
     5.200  │─ path-b ─ HEARTBEAT ─────────────────────────────────────────────▶│
     5.210  │◀ path-b ─ HEARTBEAT ACK ──────────────────────────────────────────│
     5.500  ┊ 4.0 s: 9 × DATA, 9 × SACK on path-a                               ┊
    10.000  │─ path-a ─ DATA tsn+19 ticker 20 ─────────────────────────────────▶│
    10.010  │◀ path-a ─ SACK cum+19 ────────────────────────────────────────────│
    10.200  ── cut path-a ───────────────────────────────────────────────────────
    10.500  │─ path-a ─ DATA tsn+20 ticker 21 ──✗ dropped by `cut path-a`       │
    10.500  │                 dropped by `cut path-a` ✗── path-a ─ SACK cum+19 ─│
    11.500  │─ path-b ─ DATA tsn+20 ticker 21 again, on path-b ────────────────▶│
    11.510  │◀ path-b ─ SACK cum+20 ────────────────────────────────────────────│
    73.500  ◆ SCTP_ADDR_UNREACHABLE 10.0.1.2                                    │
    74.000  ─✗ healed: not seen ─────────────────────────────────────────────────
    ");
}

#[test]
fn no_line_is_wider_than_the_window() {
    for width in [80, 81, 100, 132, 200] {
        let drawn = ladder(&failover().0, &options(width));
        for line in drawn.lines() {
            assert!(crate::text::columns(line) <= width, "{line}");
        }
    }
}

#[test]
fn without_colour_there_is_no_escape_code_and_with_it_the_text_is_the_same() {
    let plain = ladder(&failover().0, &options(100));
    assert!(!plain.contains('\x1b'));
    let coloured = ladder(
        &failover().0,
        &LadderOptions {
            color: true,
            ..options(100)
        },
    );
    let mut stripped = String::new();
    for (index, part) in coloured.split('\x1b').enumerate() {
        let text = if index == 0 {
            part
        } else {
            part.split_once('m').unwrap().1
        };
        stripped.push_str(text);
    }
    assert_eq!(stripped, plain);
    assert_ne!(coloured, plain);
}

#[test]
fn full_shows_every_packet_message_and_foreign_frame() {
    let mut story = Story::new();
    story.arrives(1000, ToServer('a'), ticker(1));
    story.event(
        900,
        Event::Sent {
            endpoint: "client".into(),
            to: "server".into(),
            association: Some("client-server".into()),
            step: "ticker".into(),
            number: 1,
            size: 100,
            error: None,
        },
    );
    let arp = [
        &[0xff; 6][..],
        &[2, 0, 0, 0, 0, 1, 8, 6],
        &[0, 1, 8, 0, 6, 4, 0, 1],
        &[2, 0, 0, 0, 0, 1, 10, 0, 1, 1],
        &[0, 0, 0, 0, 0, 0, 10, 0, 1, 2],
    ]
    .concat();
    story.captured(0, ToServer('a'), Direction::Out, arp, None);
    let folded = ladder(&story.0, &options(80));
    assert!(!folded.contains("ARP") && !folded.contains("send"));
    let full = LadderOptions {
        full: true,
        ..options(80)
    };
    insta::assert_snapshot!(ladder(&story.0, &full), @r"
     time  client                                                         server
    0.000  │─ path-a ─ ARP request ──? lost on the link                        │
    0.000  • send ticker 1, 100 B to server                                    │
    0.001  │─ path-a ─ DATA tsn 4294967294 ticker 1 ──────────────────────────▶│
    ");
}

#[test]
fn hostile_text_stays_text() {
    let mut story = Story::connected();
    let mut data = ticker(1);
    data.payload = "client \x1b[2J\u{202e} 1\n".into();
    story.arrives(50_000, ToServer('a'), data);
    story.step(60_000, "cut \x1b]0;owned\x07");
    for client in [0, 2] {
        story.0.interfaces[client].node = "client\x1b[31m".into();
    }
    let drawn = ladder(&story.0, &options(100));
    assert!(drawn.lines().all(|line| !line.contains(char::is_control)));
    assert!(drawn.contains(r"\u{1b}[2J\u{202e} 1"));
    assert!(drawn.contains(r"cut \u{1b}]0;owned\u{7}"));
}

#[test]
fn with_three_hosts_arrows_join_neighbours_and_with_twenty_there_is_a_list() {
    let interface = |node: &str, link: &str| Interface {
        node: node.into(),
        link: link.into(),
    };
    let mut story = Story::connected();
    story.0.interfaces = vec![
        interface("client", "left"),
        interface("router", "left"),
        interface("router", "right"),
        interface("server", "right"),
    ];
    story.arrives(50_000, ToServer('b'), ticker(1));
    let drawn = ladder(&story.0, &options(120));
    let tail: Vec<&str> = drawn.lines().skip(4).collect();
    insta::assert_snapshot!(tail.join("\n"), @r"
    0.021  │─ left ── COOKIE ECHO ──────────────────────────────▶│                                                     │
    0.031  │◀ left ── COOKIE ACK ────────────────────────────────│                                                     │
    0.050  │                                                     │─ right ─ DATA tsn+0 ticker 1 ──────────────────────▶│
    ");

    for number in 0..17 {
        let (node, link) = (format!("node-{number}"), format!("link-{number}"));
        story.0.interfaces.push(interface(&node, &link));
    }
    let drawn = ladder(&story.0, &options(100));
    let tail: Vec<&str> = drawn.lines().skip(3).collect();
    insta::assert_snapshot!(tail.join("\n"), @r"
    0.021  client ──▶ router  left  COOKIE ECHO
    0.031  router ──▶ client  left  COOKIE ACK
    0.050  router ──▶ server  right  DATA tsn+0 ticker 1
    ");
}

#[test]
fn an_endpoint_may_be_named_otherwise_than_its_host() {
    let mut story = Story::new();
    story.event(0, notification("alice", "SCTP_SENDER_DRY_EVENT", &[]));
    let unknown = ladder(&story.0, &options(80));
    assert!(unknown.contains("◆ alice: SCTP_SENDER_DRY_EVENT"));
    story.0.scenario = "\
title: Alice is on the server
nodes: [client, server]
links:
  path-a: {client: 10.0.1.1/24, server: 10.0.1.2/24}
endpoints:
  alice: {node: server, listen: 5000}
  client: {node: client}
steps:
  - connect: {from: client, to: alice}
assert:
  - chunks: {chunk: INIT, exactly: 1}
"
    .to_owned();
    let drawn = ladder(&story.0, &options(80));
    assert!(drawn.trim_end().ends_with("alice: SCTP_SENDER_DRY_EVENT ◆"));
}

#[test]
fn an_empty_recording_is_a_header() {
    let mut story = Story::new();
    story.0.interfaces.clear();
    assert_eq!(ladder(&story.0, &options(80)), "     time\n");
}

/// Captured bytes of any kind give a line that fits.
#[test]
fn damaged_frames_are_drawn_like_others() {
    let whole = frame(ToServer('a'), vec![ticker(1).into(), sack(1).into()]);
    let mut story = Story::connected();
    let mut captured = |at: usize, frame: Vec<u8>| {
        story.captured(at as u64, ToServer('a'), Direction::Out, frame, None);
    };
    for length in 0..whole.len() {
        captured(100_000 + length, whole[..length].to_vec());
        for damage in [0x01, 0x80, 0xff] {
            let mut frame = whole.clone();
            frame[length] ^= damage;
            captured(200_000 + length, frame);
        }
    }
    for full in [false, true] {
        let options = LadderOptions {
            full,
            ..options(80)
        };
        let drawn = ladder(&story.0, &options);
        assert!(drawn.lines().all(|line| crate::text::columns(line) <= 80));
        let wide = LadderOptions {
            width: 240,
            ..options
        };
        let drawn = ladder(&story.0, &wide);
        for words in ["bad checksum", "broken: ", "cut by the capture"] {
            assert!(drawn.contains(words), "{words}");
        }
    }
}

/// An ICMP error from the server's end of a path, about a packet of the client.
fn icmp_error(kind: u8, code: u8, mtu: u16, about: &[u8]) -> Vec<u8> {
    const ETHERNET: usize = 14;
    let mut frame = frame(ToClient('a'), vec![]);
    frame.truncate(ETHERNET + 20);
    frame[ETHERNET + 9] = 1;
    let message = [&[kind, code, 0, 0, 0, 0][..], &mtu.to_be_bytes(), about].concat();
    let length = u16::try_from(20 + message.len()).unwrap();
    frame[ETHERNET + 2..ETHERNET + 4].copy_from_slice(&length.to_be_bytes());
    frame.extend(message);
    frame
}

#[test]
fn an_icmp_error_is_shown_with_what_it_is_about_and_so_where_a_rule_took_it() {
    const ETHERNET: usize = 14;
    let mut story = Story::connected();
    for number in 1..=9 {
        story.exchange(50_000 * u64::from(number), 'a', number);
    }
    let about = &frame(ToServer('a'), vec![ticker(10).into()])[ETHERNET..];
    let too_big = icmp_error(3, 4, 1400, &about[..80]);
    story.captured(
        500_000,
        ToClient('a'),
        Direction::Out,
        too_big.clone(),
        None,
    );
    story.captured(510_000, ToClient('a'), Direction::In, too_big.clone(), None);
    let dropped = Some("dropped by `no-icmp`");
    story.captured(600_000, ToClient('a'), Direction::Out, too_big, dropped);
    let least = icmp_error(3, 2, 0, &about[..28]);
    story.captured(700_000, ToClient('a'), Direction::Out, least.clone(), None);
    story.captured(710_000, ToClient('a'), Direction::In, least, None);
    let drawn = ladder(&story.0, &options(100));
    let lines = drawn.lines().filter(|line| line.contains("ICMP"));
    assert_eq!(
        lines.map(|line| line.trim_start()).collect::<Vec<_>>(),
        [
            "0.500  │◀ path-a ─ ICMP fragmentation needed, MTU 1400, about DATA tsn+9 \
             ──────────────────────│",
            "0.600  │ dropped by `no-icmp` ✗── path-a ─ ICMP fragmentation needed, MTU 1400, \
             about DATA tsn…│",
            "│ ↳ ICMP fragmentation needed, MTU 1400, about DATA tsn+9                      \
             \u{20}        │",
            "0.700  │◀ path-a ─ ICMP protocol unreachable, about a packet 10.0.1.1:5000 → \
             10.0.1.2:5001 ────│",
        ]
    );
}

#[test]
fn messages_that_the_socket_does_not_take_are_told_and_counted() {
    let mut story = Story::connected();
    for number in 1..=3 {
        story.event(
            40_000,
            Event::Sent {
                endpoint: "client".into(),
                to: "server".into(),
                step: "ticker".into(),
                number,
                size: 100,
                error: (number > 1).then(|| "EAGAIN".to_owned()),
                association: None,
            },
        );
    }
    let drawn = ladder(&story.0, &options(100));
    let calls: Vec<&str> = drawn.lines().filter(|line| line.contains("◇")).collect();
    let [call] = calls[..] else {
        panic!("{calls:?}");
    };
    let words = "◇ 2 × send ticker, 100 B to server ✗ EAGAIN (messages 2 to 3)  ";
    assert!(call.contains(words), "{call}");
}

#[test]
fn a_step_that_waits_is_no_event() {
    let mut story = Story::new();
    story.wait(0, "client: SCTP_COMM_UP within 1s");
    story.wait(0, "server: a message from client within failover-bound");
    story.wait(0, "wait 10s");
    let drawn = ladder(&story.0, &options(100));
    let lines: Vec<&str> = drawn
        .lines()
        .skip(1)
        .map(|line| line.trim_end_matches([' ', '─']))
        .collect();
    assert_eq!(
        lines,
        [
            "    0.000  ── wait for SCTP_COMM_UP at client, 1s at most",
            "    0.000  ── wait for a message from client at server, failover-bound at most",
            "    0.000  ── wait 10s",
        ]
    );
}

#[test]
fn what_a_path_became_before_it_was_looked_at_is_told_as_that() {
    let path = |state: &str, errors| Event::Path {
        endpoint: "client".into(),
        association: "client-server".into(),
        sample: recording::PathSample {
            address: "10.0.1.2".parse().unwrap(),
            primary: true,
            state: state.into(),
            cwnd: 4380,
            srtt_ms: 20,
            rto_ms: 1000,
            mtu: 1500,
            ssthresh: None,
            flight: None,
            error_count: Some(errors),
        },
    };
    let tell = |format| {
        let mut story = Story::connected();
        story.0.info.format = format;
        story.event(50_000, path("SCTP_ACTIVE", 0));
        story.exchange(1_000_000, 'a', 1);
        // The change of the path was noticed at a frame that was sent long after the SACK
        // was received.
        story.arrives(5_000_000, ToServer('a'), ticker(2));
        story.event(5_000_000, path("SCTP_ACTIVE", 1));
        // The change was noticed at the next frame.
        story.arrives(6_000_000, ToServer('a'), ticker(2));
        story.event(6_000_000, path("SCTP_POTENTIALLY_FAILED", 2));
        let drawn = ladder(&story.0, &options(100));
        let notes = drawn.lines().filter(|line| line.contains("▪"));
        notes
            .map(|line| line.trim_end_matches(['│', ' ']).to_owned())
            .collect::<Vec<_>>()
    };
    let failed = "    6.000  ▪ 10.0.1.2 is SCTP_POTENTIALLY_FAILED, error count 2, RTO 1 s";
    assert_eq!(
        tell(1),
        [
            "    5.000  ▪ by now 10.0.1.2 error count 1, RTO 1 s",
            failed
        ]
    );
    assert_eq!(
        tell(crate::setting::LOOKS_AT_RECEIVED),
        ["    5.000  ▪ 10.0.1.2 error count 1, RTO 1 s", failed]
    );
}

#[test]
fn other_addresses_than_those_of_the_path_are_shown() {
    let mut story = Story::connected();
    story.0.scenario = "\
title: Two paths
nodes: [client, server]
links:
  path-a: {client: 10.0.1.1/24, server: 10.0.1.2/24}
  path-b: {client: 10.0.2.1/24, server: 10.0.2.2/24}
endpoints:
  server: {node: server, listen: 5000}
  client: {node: client}
steps:
  - connect: {from: client, to: server}
assert:
  - chunks: {chunk: INIT, exactly: 1}
"
    .to_owned();
    story.exchange(50_000, 'a', 1);
    for number in 2..=9 {
        let mut strays = frame(ToServer('b'), vec![ticker(number).into()]);
        // The source address of path-a, as a route of its own may cause.
        strays[14 + 14] = 1;
        let at = 100_000 * u64::from(number);
        story.captured(at, ToServer('b'), Direction::Out, strays.clone(), None);
        story.captured(at + 10_000, ToServer('b'), Direction::In, strays, None);
    }
    let drawn = ladder(&story.0, &options(100));
    let tail = drawn.lines().skip(6);
    let tail: Vec<&str> = tail
        .map(|line| line.trim_end_matches(['│', '▶', '─', ' ', '┊']))
        .collect();
    assert_eq!(
        tail,
        [
            "    0.050  │─ path-a ─ DATA tsn+0 ticker 1",
            "    0.060  │◀ path-a ─ SACK cum+0",
            "    0.200  │─ path-b ─ DATA tsn+1 ticker 2, 10.0.1.1 → 10.0.2.2",
            "    0.300  ┊ 0.5 s: 6 × DATA on path-b",
            "    0.900  │─ path-b ─ DATA tsn+8 ticker 9, 10.0.1.1 → 10.0.2.2",
        ]
    );
}
