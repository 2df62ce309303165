//! Tests of the report as an HTML file.

use std::io::Read as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bounds::Timing;
use flate2::read::GzDecoder;
use recording::{Event, PathSample};
use serde_json::Value;
use wire::chunk::{Abort, GapAckBlock};

use super::*;
use crate::fixture::{Story, ToClient, ToServer, sack, ticker};

const SCENARIO: &str = r#"
title: <script>alert(1)</script> & a cable is cut
rfc: 9260#8.2
lesson: Look for <b>the arrow</b>.
nodes: [client, server]
links:
  path-a: {client: 10.0.1.1/24, server: 10.0.1.2/24}
  path-b: {client: 10.0.2.1/24, server: 10.0.2.2/24}
endpoints:
  server: {node: server, listen: 5000, subscribe: all}
  client: {node: client, subscribe: all}
steps:
  - connect: {from: client, to: server}
assert:
  - chunks: {chunk: INIT, exactly: 1}
"#;

fn page(runs: usize, tell: impl Fn(&mut Story)) -> String {
    let scenario = scenario::parse("test", SCENARIO).expect("it is right");
    let mut story = Story::connected();
    tell(&mut story);
    let verdict = Verdict {
        judgements: vec![],
        skipped: None,
    };
    let run = Run {
        recording: &story.0,
        scenario: &scenario,
        verdict: &verdict,
        good: true,
    };
    html(&vec![run; runs], &mut []).expect("it can be encoded")
}

/// The data under an id of the page.
fn carried(page: &str, id: &str) -> Vec<u8> {
    let tag = format!("id=\"{id}\"");
    let rest = page.split_once(&tag).expect("it is there").1;
    let text = rest.split_once('>').expect("the tag ends").1;
    let text = text.split_once('<').expect("the text ends").0;
    let packed = STANDARD.decode(text.trim()).expect("it is base64");
    let mut bytes = Vec::new();
    GzDecoder::new(packed.as_slice())
        .read_to_end(&mut bytes)
        .expect("it is gzip");
    bytes
}

fn data(page: &str) -> Value {
    serde_json::from_slice(&carried(page, "data-0")).expect("it is JSON")
}

#[test]
fn hostile_text_stays_text() {
    let page = page(1, |_| {});
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; a cable"));
    assert!(!page.contains("<script>alert"));
    assert!(!page.contains("<b>the arrow"));
}

#[test]
fn nothing_is_fetched() {
    let page = page(2, |_| {});
    assert!(page.contains("default-src 'none'"));
    for reference in ["src=\"", "@import", "url("] {
        assert!(!page.contains(reference), "{reference}");
    }
}

#[test]
fn the_capture_comes_along() {
    let page = page(1, |_| {});
    let capture = carried(&page, "capture-0");
    assert_eq!(capture, Story::connected().0.to_pcapng().expect("encoded"));
}

#[test]
fn a_fold_holds_what_the_folded_ladder_does_not_show() {
    let page = page(1, |story| {
        for number in 1..=20 {
            story.exchange(u64::from(number) * 500_000, 'a', number);
        }
        story.lost(
            11_000_000,
            ToServer('a'),
            ticker(21),
            Some("dropped by `cut`"),
        );
    });
    let data = data(&page);
    let rows = data["rows"].as_array().expect("a list");
    let of_kind = |kind: &str| rows.iter().filter(|row| row["k"] == kind).count();
    assert_eq!(of_kind("packet"), 4 + 40 + 1);
    assert_eq!(of_kind("fold"), 1);
    let hidden = rows
        .iter()
        .filter(|row| row["k"] == "packet" && row["fold"] == 0);
    assert!(hidden.count() > 30);
    let last = rows.last().expect("some");
    assert_eq!(last["lost"], true);
    assert_eq!(last["fault"], "dropped by `cut`");
    assert_eq!(last["chunks"][0]["name"], "DATA");
}

#[test]
fn many_runs_begin_with_a_matrix() {
    let page = page(3, |_| {});
    assert!(page.contains("3 of 3 runs behaved as expected"));
    assert!(page.contains("href=\"#test.3\""));
}

#[test]
fn the_turns_say_what_failed_and_why_and_where_the_data_went() {
    let path = |state: &str, errors| Event::Path {
        endpoint: "client".into(),
        association: "client-server".into(),
        sample: PathSample {
            address: "10.0.1.2".parse().expect("an address"),
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
    let page = page(1, |story| {
        story.event(
            900_000,
            Event::Timers {
                endpoint: "client".into(),
                association: None,
                address: None,
                timers: Timing::DEFAULT,
            },
        );
        story.event(900_000, path("SCTP_ACTIVE", 0));
        story.exchange(1_000_000, 'a', 1);
        story.step(2_000_000, "cut path-a");
        for (at, number) in [(3_000_000, 2), (3_500_000, 3)] {
            story.lost(at, ToServer('a'), ticker(number), Some("dropped by `cut`"));
        }
        story.event(4_000_000, path("SCTP_POTENTIALLY_FAILED", 1));
        story.exchange(4_000_000, 'b', 2);
        story.event(9_000_000, path("SCTP_INACTIVE", 6));
    });
    let turns = page.split_once("<ol class=\"turns\">").expect("a list").1;
    let turns = turns.split_once("</ol>").expect("it ends").0;
    let words: Vec<&str> = turns
        .split("</button> ")
        .skip(1)
        .filter_map(|rest| Some(rest.split_once("</li>")?.0))
        .collect();
    assert_eq!(
        words,
        [
            "connect client → server",
            "cut path-a",
            "the first packet that client loses on path-a: DATA tsn+1 ticker 2 \
             (dropped by `cut`)",
            "data from client goes over path-b now, no longer over path-a",
            "client: the path to 10.0.1.2 (path-a) is potentially failed: 1 error, \
             more than PotentiallyFailed.Max.Retrans (0)",
            "client: the path to 10.0.1.2 (path-a) is inactive, that is unreachable: \
             6 errors, more than Path.Max.Retrans (5)",
        ]
    );
}

/// DATA and SACK between two hosts with two paths. A chunk is in flight from its
/// transmission until its SACK arrives, on the path of its last transmission.
#[test]
fn what_is_in_flight_follows_from_the_packets() {
    let page = page(1, |story| {
        story.arrives(1_000_000, ToServer('a'), ticker(1));
        story.arrives(1_001_000, ToServer('a'), ticker(2));
        story.arrives(1_002_000, ToServer('a'), ticker(3));
        let mut gap = sack(1);
        gap.gap_ack_blocks = vec![GapAckBlock { start: 2, end: 2 }];
        story.arrives(1_020_000, ToClient('a'), gap);
        // The chunk moves to the other path, and its acknowledgement comes from there.
        story.arrives(2_000_000, ToServer('b'), ticker(2));
        story.arrives(2_010_000, ToClient('b'), sack(3));
        // The SACK is late and was overtaken.
        story.arrives(2_011_000, ToClient('a'), sack(1));
        story.lost(
            3_000_000,
            ToServer('a'),
            ticker(4),
            Some("dropped by `cut`"),
        );
        story.arrives(
            4_000_000,
            ToServer('a'),
            Abort {
                tag_reflected: false,
                causes: vec![],
            },
        );
    });
    let data = data(&page);
    let paths = data["flight"]["paths"].as_array().expect("a list");
    let samples = |address: &str| {
        let mut paths = paths.iter();
        let curve = paths.find(|it| it["endpoint"] == "client" && it["address"] == address);
        curve.expect("it is there")["samples"].clone()
    };
    assert_eq!(
        samples("10.0.1.2"),
        serde_json::json!([
            [1_000_000, 100],
            [1_001_000, 200],
            [1_002_000, 300],
            [1_030_000, 100],
            [2_000_000, 0],
            [3_000_000, 100],
            [4_000_000, 0],
        ])
    );
    assert_eq!(
        samples("10.0.2.2"),
        serde_json::json!([[2_000_000, 100], [2_020_000, 0]])
    );
    let chunks = &data["flight"]["chunks"];
    assert_eq!(
        chunks.as_array().map(Vec::len),
        Some(1),
        "the server sends none"
    );
    assert_eq!(chunks[0]["samples"][4], serde_json::json!([1_030_000, 1]));
}

#[test]
fn between_two_looks_it_is_not_known_when_a_path_changed() {
    let path = |errors| Event::Path {
        endpoint: "client".into(),
        association: "client-server".into(),
        sample: PathSample {
            address: "10.0.1.2".parse().expect("an address"),
            primary: true,
            state: "SCTP_ACTIVE".into(),
            cwnd: 4380,
            srtt_ms: 20,
            rto_ms: 1000,
            mtu: 1500,
            ssthresh: None,
            flight: None,
            error_count: Some(errors),
        },
    };
    let page = page(1, |story| {
        // In recordings of this format, paths were not sampled after received frames.
        story.0.info.format = 1;
        story.event(100_000, path(0));
        story.exchange(1_000_000, 'a', 1);
        story.arrives(5_000_000, ToServer('a'), ticker(2));
        story.event(5_000_100, path(1));
    });
    let data = data(&page);
    let samples = &data["series"]["paths"][0]["samples"];
    // The lab sampled the paths at the frame of 5 s, and before that at the frame of 1 s.
    assert_eq!(samples[1]["t"], 5_000_100);
    assert_eq!(samples[1]["since"], 1_000_000);
}

#[test]
fn tags_are_in_hexadecimal_wherever_they_stand() {
    let page = page(1, |_| {});
    let data = data(&page);
    let rows = data["rows"].as_array().expect("a list");
    let field = |chunk: &str, name: &str| {
        let mut packets = rows.iter().filter(|row| row["k"] == "packet");
        let packet = packets.find(|row| row["chunks"][0]["name"] == chunk);
        let packet = packet.expect("it is there");
        let fields = [&packet["header"], &packet["chunks"][0]["fields"]];
        let mut fields = fields
            .iter()
            .flat_map(|it| it.as_array().into_iter().flatten());
        let field = fields.find(|field| field[0] == name);
        field.expect("it has it")[1]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    };
    assert_eq!(field("INIT", "initiate-tag"), "0xc11e0001");
    assert_eq!(field("INIT ACK", "verification-tag"), "0xc11e0001");
    assert_eq!(field("INIT ACK", "initiate-tag"), "0x5e4e0001");
    assert_eq!(field("COOKIE ECHO", "verification-tag"), "0x5e4e0001");
}

#[test]
fn the_matrix_has_the_order_of_the_course_and_a_lesson_says_where_linux_differs() {
    let source = SCENARIO.replace("nodes:", "deviates: rto-initial\nnodes:");
    let unit = course::UNITS[0].lessons;
    let names = ["own", unit[1], unit[0]];
    let verdict = Verdict {
        judgements: vec![],
        skipped: None,
    };
    let told: Vec<_> = names
        .iter()
        .map(|name| {
            let mut story = Story::connected();
            story.0.info.scenario = (*name).to_owned();
            let scenario = scenario::parse(name, &source).expect("it is right");
            (story, scenario)
        })
        .collect();
    let runs: Vec<Run<'_>> = told
        .iter()
        .map(|(story, scenario)| Run {
            recording: &story.0,
            scenario,
            verdict: &verdict,
            good: true,
        })
        .collect();
    let page = html(&runs, &mut []).expect("it can be encoded");
    let links: Vec<usize> = [unit[0], unit[1], "own"]
        .iter()
        .map(|name| page.find(&format!("href=\"#{name}\"")).expect(name))
        .collect();
    assert!(links.is_sorted(), "{links:?}");
    assert!(page.contains("This is lesson 2 of 5 in unit 1"));
    assert_eq!(page.matches("Linux: RTO.Initial is 3 s").count(), 3);
}

/// A capture of the story's packets, drawn like one from elsewhere.
fn captured(story: &Story) -> Captured {
    let hosts = crate::Hosts::of(&story.0.interfaces);
    let lines = |full| -> std::result::Result<_, std::convert::Infallible> {
        let packets = story.0.packets.iter();
        Ok(crate::lines(
            &hosts,
            crate::Setting::default(),
            packets,
            [],
            full,
        ))
    };
    match Captured::draw("theirs <b>.pcap".to_owned(), &hosts, lines) {
        Ok(captured) => captured,
    }
}

#[test]
fn a_capture_is_told_without_a_scenario() {
    let mut story = Story::connected();
    for number in 1..=4 {
        story.exchange(u64::from(number) * 100_000, 'a', number);
    }
    let mut capture = captured(&story);
    capture.file = Some(b"its bytes".to_vec());
    capture.diagnosis.findings.push(Finding {
        words: "#1 lost: <i>something</i>".to_owned(),
        frames: "frame 3".to_owned(),
        at: Some(21_000),
        by: "certain, by RFC 9260, section 6.3".to_owned(),
        remedy: "a look at the cable".to_owned(),
    });
    let page = html(&[], &mut [capture]).expect("it can be encoded");
    assert!(page.contains("theirs &lt;b&gt;.pcap"));
    assert!(page.contains("&lt;i&gt;something&lt;/i&gt;") && page.contains("data-t=\"21000\""));
    assert_eq!(carried(&page, "capture-0"), b"its bytes");
    let data = data(&page);
    let rows = data["rows"].as_array().expect("a list");
    let packets = rows.iter().filter(|row| row["k"] == "packet");
    assert_eq!(packets.count(), 12);
    assert_eq!(data["series"]["paths"], serde_json::json!([]));
}

#[test]
fn tsns_are_told_with_what_acknowledged_them() {
    let page = page(1, |story| {
        story.arrives(100_000, ToServer('a'), ticker(1));
        story.lost(110_000, ToServer('a'), ticker(2), None);
        for number in 3..=5 {
            let at = 120_000 + 40_000 * u64::from(number);
            story.arrives(at, ToServer('a'), ticker(number));
            let mut missing = sack(1);
            missing.gap_ack_blocks = vec![GapAckBlock {
                start: 2,
                end: number as u16 - 1,
            }];
            story.arrives(at + 15_000, ToClient('a'), missing);
        }
        story.arrives(400_000, ToServer('b'), ticker(2));
        story.arrives(420_000, ToClient('b'), sack(5));
    });
    let way = &data(&page)["tsns"][0]["ways"][0];
    let sent = way["data"]["points"].as_array().expect("a list");
    let sent: Vec<i64> = sent.iter().filter_map(|point| point[1].as_i64()).collect();
    assert_eq!(sent, [0, 1, 2, 3, 4]);
    let again = &way["again"][0];
    assert_eq!([&again["tsn"], &again["link"], &again["before"]], [1, 1, 0]);
    assert_eq!(
        again["why"],
        "fast retransmission: 3 SACKs reported it missing"
    );
    let last = way["acks"]["points"].as_array().and_then(|all| all.last());
    assert_eq!(last.map(|it| &it[1]), Some(&4.into()));
    // The chunks that each end sent, in words.
    assert!(page.contains("6 × DATA"), "{page}");
}

/// Where both ends were captured, the arrival of each message and the delay of each
/// packet are known. A HEARTBEAT is timed on its path.
#[test]
fn streams_and_round_trips_are_told() {
    let page = page(1, |story| {
        story.arrives(100_000, ToServer('a'), ticker(1));
        story.lost(110_000, ToServer('a'), ticker(2), None);
        story.arrives(120_000, ToServer('a'), ticker(3));
        story.arrives(130_000, ToClient('a'), sack(1));
        story.arrives(400_000, ToServer('b'), ticker(2));
        story.arrives(410_000, ToClient('b'), sack(3));
        story.heartbeat(500_000, 'b');
    });
    let way = &data(&page)["tsns"][0]["ways"][0];
    let waited = &way["streams"]["waited"][0];
    let times = ["t", "arrived", "delivered", "acked"].map(|it| waited[it].as_u64());
    assert_eq!(times, [120_000, 130_000, 410_000, 420_000].map(Some));
    assert_eq!(waited["head"], serde_json::json!([0, 1, true]));
    let tracks = way["trips"]["tracks"].as_array().expect("a list");
    let track = |kind: &str, link: u64| {
        let mut tracks = tracks.iter();
        let track = tracks.find(|it| it["kind"] == kind && it["link"] == link);
        track.map(|it| it["points"].clone())
    };
    let points = |points: Value| Some(points);
    assert_eq!(
        track("data", 0),
        points(serde_json::json!([
            [100_000, 40_000, 40_000],
            [120_000, 300_000, 300_000]
        ]))
    );
    assert_eq!(track("data", 1), None);
    assert_eq!(
        track("heartbeat", 1),
        points(serde_json::json!([[500_000, 20_000, 20_000]]))
    );
    assert_eq!(way["trips"]["leftOut"], 1);
    assert_eq!(
        track("one-way", 1),
        points(serde_json::json!([
            [400_000, 10_000, 10_000],
            [500_000, 10_000, 10_000]
        ]))
    );
}

#[test]
fn points_without_end_take_no_more_room() {
    let mut story = Story::connected();
    for number in 1..=9_000 {
        story.arrives(
            40_000 + 100 * u64::from(number),
            ToServer('a'),
            ticker(number),
        );
    }
    let mut capture = captured(&story);
    let page = html(&[], std::slice::from_mut(&mut capture)).expect("it can be encoded");
    let way = &data(&page)["tsns"][0]["ways"][0];
    let points = way["data"]["points"].as_array().expect("a list").len();
    assert!((2_000..=4_000).contains(&points), "{points}");
    assert_eq!(way["data"]["of"], 4);
    assert!(page.contains("9000 × DATA"));
}
