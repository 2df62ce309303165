//! What rules do with the frames that they take.

use std::num::NonZeroU64;
use std::num::{NonZeroU8, NonZeroU32};
use std::time::Duration;

use super::support::{
    Test, hear_nothing, link, one_link, raw_sctp, receive, receive_packet, story, tests, udp,
};
use net::{Network, NodePlan};
use rules::{Action, Corruption, Match, Nth, Rewriting, Rule};
use wire::chunk::CookieEcho;
use wire::edit::{How, Patch, Setting};
use wire::{Checksum, ChunkType, Packet, VerificationTag};

pub(super) const TESTS: &[Test] = tests![
    a_delayed_frame_is_overtaken_and_arrives_when_its_time_has_come,
    copies_arrive_one_gap_after_the_other,
    a_frame_that_is_put_behind_others_lets_them_pass,
    a_rule_that_is_removed_lets_go_what_it_has_put_behind,
    a_corrupted_packet_arrives_with_a_wrong_checksum,
    a_rewritten_packet_has_its_checksum_made_anew_unless_it_is_to_be_kept,
    bytes_of_a_packet_are_changed_where_they_are,
    encapsulated_packets_are_altered_inside_a_whole_datagram,
    an_address_is_rewritten_with_the_checksums_that_cover_it,
    what_is_no_sctp_is_not_altered,
    a_mirrored_frame_is_seen_by_another_node_too,
];

/// A rule on the first frame that the client sends.
fn first(action: Action) -> Rule {
    Rule {
        frames: Match {
            from: Some("client".into()),
            ..Match::default()
        },
        nth: Nth::First(NonZeroU64::MIN),
        ..Rule::new("x", action)
    }
}

/// Has the client say something to the server several times, under a rule.
async fn say(network: &Network, said: &[&str]) -> tokio::net::UdpSocket {
    let client = udp(network, "client", "10.0.1.1:7");
    let server = udp(network, "server", "10.0.1.2:7");
    for said in said {
        client.send_to(said.as_bytes(), "10.0.1.2:7").await.unwrap();
    }
    server
}

/// The payloads of the next datagrams.
async fn heard(socket: &tokio::net::UdpSocket, count: usize) -> Vec<String> {
    let mut all = Vec::new();
    for _ in 0..count {
        all.push(String::from_utf8(receive(socket).await.0).unwrap());
    }
    all
}

async fn a_delayed_frame_is_overtaken_and_arrives_when_its_time_has_come() {
    const DELAY: Duration = Duration::from_micros(500_500);
    let network = Network::build(one_link()).await.unwrap();
    network.add_rule(first(Action::Delay(DELAY))).unwrap();
    let server = say(&network, &["one", "two"]).await;
    assert_eq!(heard(&server, 2).await, ["two", "one"]);

    let capture = network.finish().await.unwrap();
    assert_eq!(
        story(&capture),
        [
            "client out path-a: one, delayed 500.5ms by `x`",
            "client out path-a: two",
            "server in path-a: two",
            "server in path-a: one",
        ]
    );
    let took = Duration::from_nanos(capture.records[3].at - capture.records[0].at);
    // A loaded machine may wake up much later, but never sooner.
    assert!(took >= DELAY, "{took:?}");
}

async fn copies_arrive_one_gap_after_the_other() {
    const GAP: Duration = Duration::from_millis(5);
    let network = Network::build(one_link()).await.unwrap();
    let copies = NonZeroU32::new(2).unwrap();
    let action = Action::Duplicate { copies, gap: GAP };
    network.add_rule(first(action)).unwrap();
    let server = say(&network, &["one"]).await;
    assert_eq!(heard(&server, 3).await, ["one", "one", "one"]);

    let records = network.finish().await.unwrap().records;
    assert_eq!(
        records[0].fault.as_ref().unwrap().to_string(),
        "copied 2 times by `x`"
    );
    for (number, received) in (0..).zip(&records[1..]) {
        let took = Duration::from_nanos(received.at - records[0].at);
        assert!(took >= GAP * number, "{took:?}");
    }
}

async fn a_frame_that_is_put_behind_others_lets_them_pass() {
    let network = Network::build(one_link()).await.unwrap();
    let behind = NonZeroU32::new(2).unwrap();
    network.add_rule(first(Action::Reorder { behind })).unwrap();
    let client = udp(&network, "client", "10.0.1.1:7");
    let server = udp(&network, "server", "10.0.1.2:7");
    let say = async |said: &str| client.send_to(said.as_bytes(), "10.0.1.2:7").await.unwrap();
    say("one").await;
    say("two").await;
    assert_eq!(heard(&server, 1).await, ["two"]);
    // A frame of the other direction does not count as one that passes.
    server.send_to(b"back", "10.0.1.1:7").await.unwrap();
    assert_eq!(heard(&client, 1).await, ["back"]);
    hear_nothing(&server).await;
    say("three").await;
    say("four").await;
    assert_eq!(heard(&server, 3).await, ["three", "one", "four"]);
    assert_eq!(
        story(&network.finish().await.unwrap())[0],
        "client out path-a: one, put behind the next 2 by `x`"
    );
}

async fn a_rule_that_is_removed_lets_go_what_it_has_put_behind() {
    let network = Network::build(one_link()).await.unwrap();
    let behind = NonZeroU32::new(9).unwrap();
    let rule = network.add_rule(first(Action::Reorder { behind })).unwrap();
    let server = say(&network, &["one"]).await;
    hear_nothing(&server).await;
    network.remove_rule(rule).unwrap();
    assert_eq!(heard(&server, 1).await, ["one"]);
}

fn cookie_echo() -> Packet {
    let cookie = "biscuit".into();
    let chunks = vec![CookieEcho { cookie }.into()];
    Packet::new(5000, 5001, VerificationTag(7), chunks)
}

/// The packets that arrive when a COOKIE ECHO is sent under this rule, over IPv4 and over
/// IPv6.
async fn sent_through(action: Action) -> [Packet; 2] {
    let network = Network::build(one_link()).await.unwrap();
    let mut arrived = Vec::new();
    for (client, server) in [("10.0.1.1:0", "10.0.1.2:0"), ("[fd01::1]:0", "[fd01::2]:0")] {
        let from = raw_sctp(&network, "client", client);
        let to = raw_sctp(&network, "server", server);
        let rule = network.add_rule(first(action.clone())).unwrap();
        let server: std::net::SocketAddr = server.parse().unwrap();
        from.send_to(&cookie_echo().encode(), &server.into())
            .unwrap();
        arrived.push(receive_packet(&to).await);
        network.remove_rule(rule).unwrap();
    }
    let counts = network.rule_counts();
    assert!(counts.iter().all(|rule| rule.taken == 1), "{counts:?}");
    arrived.try_into().unwrap()
}

async fn a_corrupted_packet_arrives_with_a_wrong_checksum() {
    let corruption = |at| {
        let bits = NonZeroU8::new(0x20).unwrap();
        Action::Corrupt(Corruption { at, bits })
    };
    // Byte 16 is the first of the cookie; the last of the packet is padding.
    for (at, cookie) in [(Some(16), "Biscuit"), (None, "biscuit")] {
        for packet in sent_through(corruption(at)).await {
            assert!(matches!(packet.checksum, Checksum::Wrong { .. }));
            let cookie = cookie.into();
            assert_eq!(packet.chunks, [CookieEcho { cookie }.into()]);
        }
    }
}

fn other_tag(keep_checksum: bool) -> Action {
    let kind = Some(ChunkType::CookieEcho);
    Action::Rewrite(Rewriting {
        settings: vec![Setting::new(kind, "verification-tag", 9).unwrap()],
        keep_checksum,
        ..Rewriting::default()
    })
}

async fn a_rewritten_packet_has_its_checksum_made_anew_unless_it_is_to_be_kept() {
    for keep in [false, true] {
        for packet in sent_through(other_tag(keep)).await {
            assert_eq!(packet.verification_tag, VerificationTag(9));
            assert_eq!(packet.checksum != Checksum::Good, keep);
            assert_eq!(packet.chunks, cookie_echo().chunks);
        }
    }
}

async fn bytes_of_a_packet_are_changed_where_they_are() {
    for keep_checksum in [false, true] {
        let kind = Some(ChunkType::CookieEcho);
        let flipped = Patch::new(kind, Some("cookie"), 0, How::Flip, vec![0x20]).unwrap();
        let put = Patch::new(kind, Some("cookie"), 5, How::Put, b"n!".to_vec()).unwrap();
        // The cookie has 7 bytes: there is no eighth.
        let beyond = Patch::new(kind, Some("cookie"), 6, How::Put, b"??".to_vec()).unwrap();
        let changes = Action::Rewrite(Rewriting {
            patches: vec![flipped, put, beyond],
            keep_checksum,
            ..Rewriting::default()
        });
        for packet in sent_through(changes).await {
            assert_eq!(packet.checksum != Checksum::Good, keep_checksum);
            let cookie = "Biscun!".into();
            assert_eq!(packet.chunks, [CookieEcho { cookie }.into()]);
        }
    }
}

async fn encapsulated_packets_are_altered_inside_a_whole_datagram() {
    for (client, server) in [
        ("10.0.1.1:9899", "10.0.1.2:9899"),
        ("[fd01::1]:9899", "[fd01::2]:9899"),
    ] {
        let network = Network::build(one_link()).await.unwrap();
        network.add_rule(first(other_tag(false))).unwrap();
        let from = udp(&network, "client", client);
        let to = udp(&network, "server", server);
        from.send_to(&cookie_echo().encode(), server).await.unwrap();
        // The kernel has found the datagram's checksum good.
        let packet = Packet::decode(&receive(&to).await.0).unwrap();
        assert_eq!(packet.verification_tag, VerificationTag(9));
        assert_eq!(packet.checksum, Checksum::Good);
    }
}

async fn an_address_is_rewritten_with_the_checksums_that_cover_it() {
    for (client, server, other) in [
        ("10.0.1.1:9899", "10.0.1.2:9899", "10.0.1.77"),
        ("[fd01::1]:9899", "[fd01::2]:9899", "fd01::77"),
    ] {
        let network = Network::build(one_link()).await.unwrap();
        let translation = Rewriting {
            source: Some(other.parse().unwrap()),
            ..Rewriting::default()
        };
        network
            .add_rule(first(Action::Rewrite(translation)))
            .unwrap();
        let from = udp(&network, "client", client);
        let to = udp(&network, "server", server);
        from.send_to(&cookie_echo().encode(), server).await.unwrap();
        // The kernel has found the datagram's checksum good.
        let (bytes, from) = receive(&to).await;
        assert_eq!(from.ip().to_string(), other);
        assert_eq!(Packet::decode(&bytes).unwrap().chunks, cookie_echo().chunks);
    }
}

async fn what_is_no_sctp_is_not_altered() {
    let network = Network::build(one_link()).await.unwrap();
    network.add_rule(first(other_tag(false))).unwrap();
    let server = say(&network, &["one"]).await;
    assert_eq!(heard(&server, 1).await, ["one"]);
    assert_eq!(network.rule_counts()[0].matched, 0);
}

async fn a_mirrored_frame_is_seen_by_another_node_too() {
    let mut plan = one_link();
    plan.nodes.push(NodePlan::host("watcher"));
    plan.links.push(link("span", 2, "server", "watcher"));
    let network = Network::build(plan).await.unwrap();
    network
        .add_rule(first(Action::Mirror {
            link: "span".into(),
            node: "watcher".into(),
        }))
        .unwrap();
    // The watcher sees frames that are not addressed to it, and does not answer them.
    let server = say(&network, &["one", "two"]).await;
    assert_eq!(heard(&server, 2).await, ["one", "two"]);
    let mut story = story(&network.finish().await.unwrap());
    story.sort();
    assert_eq!(
        story,
        [
            "client out path-a: one, mirrored to watcher by `x`",
            "client out path-a: two",
            "server in path-a: one",
            "server in path-a: two",
            "watcher in span: one",
        ]
    );
}
