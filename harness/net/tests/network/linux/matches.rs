//! Which frames a rule matches.

use std::time::Duration;

use super::support::{Test, link, one_link, raw_sctp, receive, tests, udp};
use net::Network;
use rules::{Action, Match, Protocol, Rule, Window};
use wire::chunk::{Data, Shutdown};
use wire::field::{ChunkPattern, FieldTest};
use wire::{Chunk, ChunkType, Packet, Ppid, Ssn, StreamId, Tsn, VerificationTag};

pub(super) const TESTS: &[Test] = tests![
    a_rule_is_about_frames_of_which_all_is_so,
    a_rule_is_about_packets_of_a_size,
    a_rule_is_about_packets_with_a_chunk_of_which_all_is_so,
    a_rule_counts_only_in_its_window,
];

fn rule(frames: Match) -> Rule {
    Rule {
        frames,
        ..Rule::new("counts", Action::Pass)
    }
}

/// The number of frames that each of these rules matches by itself.
async fn matched(network: &Network, frames: &[Match], say: impl AsyncFn()) -> Vec<u64> {
    let mut counts = Vec::new();
    for frames in frames {
        let rule = network.add_rule(rule(frames.clone())).unwrap();
        say().await;
        network.remove_rule(rule).unwrap();
        let all = network.rule_counts();
        counts.push(all.iter().find(|it| it.id == rule).unwrap().matched);
    }
    counts
}

async fn a_rule_is_about_frames_of_which_all_is_so() {
    let mut plan = one_link();
    plan.links.push(link("path-b", 2, "client", "server"));
    let network = Network::build(plan).await.unwrap();
    // Five frames: two to the server on path-a and one back, one on the other path, and one
    // of another protocol.
    let one = udp(&network, "client", "10.0.1.1:7");
    let other = udp(&network, "client", "10.0.1.1:8");
    let far = udp(&network, "server", "10.0.1.2:9");
    let near_b = udp(&network, "client", "[fd02::1]:7");
    let far_b = udp(&network, "server", "[fd02::2]:9");
    let sctp = raw_sctp(&network, "client", "10.0.1.1:0");
    let sctp_far = raw_sctp(&network, "server", "10.0.1.2:0");
    let say = async || {
        one.send_to(b"a", "10.0.1.2:9").await.unwrap();
        other.send_to(b"b", "10.0.1.2:9").await.unwrap();
        receive(&far).await;
        receive(&far).await;
        far.send_to(b"c", "10.0.1.1:7").await.unwrap();
        receive(&one).await;
        near_b.send_to(b"d", "[fd02::2]:9").await.unwrap();
        receive(&far_b).await;
        let server: std::net::SocketAddr = "10.0.1.2:0".parse().unwrap();
        let packet = Packet::new(7, 5001, VerificationTag(0), vec![]);
        sctp.send_to(&packet.encode(), &server.into()).unwrap();
        super::support::receive_packet(&sctp_far).await;
    };
    let frames = [
        (Match::default(), 5),
        (on("path-a"), 4),
        (from("client"), 4),
        (
            Match {
                to: Some("client".into()),
                ..Match::default()
            },
            1,
        ),
        (
            Match {
                source: Some("10.0.1.0/24".parse().unwrap()),
                destination: Some("10.0.1.2/32".parse().unwrap()),
                ..Match::default()
            },
            3,
        ),
        (
            Match {
                source: Some("fd02::/64".parse().unwrap()),
                ..Match::default()
            },
            1,
        ),
        (
            Match {
                protocol: Some(Protocol::Udp),
                ..from("client")
            },
            3,
        ),
        (
            Match {
                protocol: Some(Protocol::Sctp),
                ..Match::default()
            },
            1,
        ),
        (
            Match {
                source_port: Some(7),
                ..on("path-a")
            },
            2,
        ),
        (
            Match {
                destination_port: Some(5001),
                ..Match::default()
            },
            1,
        ),
    ];
    let (frames, expected): (Vec<_>, Vec<u64>) = frames.into_iter().unzip();
    assert_eq!(matched(&network, &frames, say).await, expected);
}

fn on(link: &str) -> Match {
    Match {
        on: Some(link.into()),
        ..Match::default()
    }
}

fn from(node: &str) -> Match {
    Match {
        from: Some(node.into()),
        ..Match::default()
    }
}

async fn a_rule_is_about_packets_of_a_size() {
    let network = Network::build(one_link()).await.unwrap();
    let client = udp(&network, "client", "10.0.1.1:7");
    let server = udp(&network, "server", "10.0.1.2:7");
    let say = async || {
        // With the headers of IPv4 and UDP these are 128 bytes.
        client.send_to(&[0; 100], "10.0.1.2:7").await.unwrap();
        receive(&server).await;
    };
    let larger_than = |least| Match {
        larger_than: Some(least),
        ..Match::default()
    };
    let smaller_than = |most| Match {
        smaller_than: Some(most),
        ..Match::default()
    };
    let frames = [
        larger_than(127),
        larger_than(128),
        smaller_than(128),
        smaller_than(129),
    ];
    assert_eq!(matched(&network, &frames, say).await, [1, 0, 0, 1]);
}

async fn a_rule_is_about_packets_with_a_chunk_of_which_all_is_so() {
    let network = Network::build(one_link()).await.unwrap();
    let from = raw_sctp(&network, "client", "10.0.1.1:0");
    let to = raw_sctp(&network, "server", "10.0.1.2:0");
    let data = |tsn, stream| {
        Chunk::Data(Data {
            immediate: false,
            unordered: false,
            beginning: true,
            ending: true,
            tsn: Tsn(tsn),
            stream: StreamId(stream),
            ssn: Ssn(0),
            ppid: Ppid(0),
            payload: "hello".into(),
        })
    };
    let shutdown = Shutdown {
        cumulative_tsn_ack: Tsn(9),
    };
    let chunks = vec![data(1, 2), data(2, 1), shutdown.into()];
    let bundle = Packet::new(5000, 5001, VerificationTag(7), chunks).encode();
    let say = async || {
        let server: std::net::SocketAddr = "10.0.1.2:0".parse().unwrap();
        from.send_to(&bundle, &server.into()).unwrap();
        super::support::receive_packet(&to).await;
    };
    let with = |kind: ChunkType, fields: &[(&str, &str)]| {
        let test = |(field, value): &(&str, &str)| {
            FieldTest::member(kind.field(field).unwrap(), value).unwrap()
        };
        let fields = fields.iter().map(test).collect();
        Match {
            chunk: Some(ChunkPattern { kind, fields }),
            ..Match::default()
        }
    };
    let frames = [
        with(ChunkType::Data, &[("stream", "2"), ("tsn", "1")]),
        with(ChunkType::Data, &[("stream", "2"), ("tsn", "2")]),
        with(ChunkType::Data, &[("stream", "1..2")]),
        with(ChunkType::Shutdown, &[]),
        with(ChunkType::Sack, &[]),
    ];
    assert_eq!(matched(&network, &frames, say).await, [1, 0, 1, 1, 0]);
}

async fn a_rule_counts_only_in_its_window() {
    let network = Network::build(one_link()).await.unwrap();
    let client = udp(&network, "client", "10.0.1.1:7");
    let server = udp(&network, "server", "10.0.1.2:7");
    let second = Duration::from_secs(1);
    for (after, lasts) in [
        (Duration::ZERO, Some(second * 3600)),
        (second * 3600, None),
        (Duration::ZERO, Some(Duration::from_nanos(1))),
    ] {
        let window = Window { after, lasts };
        network
            .add_rule(Rule {
                window,
                ..Rule::new("counts", Action::Pass)
            })
            .unwrap();
        client.send_to(b"a", "10.0.1.2:7").await.unwrap();
        receive(&server).await;
        // A rule that acts hides the frame from the rules behind it, so the rule goes after
        // its turn.
        let rule = network.rule_counts().last().unwrap().id;
        network.remove_rule(rule).unwrap();
    }
    let counts: Vec<_> = network.rule_counts().iter().map(|it| it.matched).collect();
    assert_eq!(counts, [1, 0, 0]);
}
