//! Frames without a fault: they arrive, are told of, and are counted where they are too
//! many.

use std::time::Duration;

use super::support::{Test, one_link, receive, story, tests, udp};
use net::{Direction, LinkPlan, Loss, Network, Plan, Way};
use rules::{Action, Rule};

pub(super) const TESTS: &[Test] = tests![
    two_nodes_talk_over_both_families_and_every_frame_is_seen_at_both_ends,
    who_follows_the_capture_is_told_of_every_frame_once_and_in_order,
    frames_that_overrun_the_fabric_are_an_error_and_counted,
];

async fn two_nodes_talk_over_both_families_and_every_frame_is_seen_at_both_ends() {
    let network = Network::build(one_link()).await.unwrap();
    for (client, server) in [("10.0.1.1:7", "10.0.1.2:7"), ("[fd01::1]:7", "[fd01::2]:7")] {
        let asks = udp(&network, "client", client);
        let answers = udp(&network, "server", server);
        asks.send_to(b"ping", server).await.unwrap();
        let (said, from) = receive(&answers).await;
        assert_eq!(
            (said.as_slice(), from),
            (&b"ping"[..], client.parse().unwrap())
        );
        answers.send_to(b"pong", from).await.unwrap();
        assert_eq!(receive(&asks).await.0, b"pong");
    }
    let once = [
        "client out path-a: ping",
        "server in path-a: ping",
        "server out path-a: pong",
        "client in path-a: pong",
    ];
    assert_eq!(
        story(&network.finish().await.unwrap()),
        [once, once].concat()
    );
}

async fn who_follows_the_capture_is_told_of_every_frame_once_and_in_order() {
    const WAY: Duration = Duration::from_millis(1500);
    let network = Network::build(one_link()).await.unwrap();
    let mut follower = network.follow();
    let client = udp(&network, "client", "10.0.1.1:7");
    let server = udp(&network, "server", "10.0.1.2:7");

    // The delay is long enough for a busy machine to look before the frame arrives.
    let late = Action::Delay(Duration::from_secs(1));
    let rule = network.add_rule(Rule::new("late", late)).unwrap();
    client.send_to(b"one", "10.0.1.2:7").await.unwrap();
    let mut told = follower.next(WAY).await;
    assert_eq!(told.len(), 1, "it has not arrived: {told:?}");
    // The frame arrives with no other behind it, and the follower tells of it all the same.
    told.extend(follower.next(WAY).await);
    assert_eq!(told.last().map(|record| record.way), Some(Way::In));
    network.remove_rule(rule).unwrap();

    network.cut("path-a", Direction::Both).unwrap();
    client.send_to(b"two", "10.0.1.2:7").await.unwrap();
    let lost = follower.next(WAY).await;
    assert!(lost[0].fault.is_some(), "{lost:?}");
    told.extend(lost);

    server.send_to(b"three", "10.0.1.1:7").await.unwrap();
    let capture = network.finish().await.unwrap();
    let rest = follower.rest();
    assert_eq!(rest.len(), 1);
    told.extend(rest);
    assert_eq!(told, capture.records);
}

async fn frames_that_overrun_the_fabric_are_an_error_and_counted() {
    const SENT: usize = 4000;
    let plan = one_link();
    let links = vec![LinkPlan {
        mtu: Some(65_535),
        ..plan.links[0].clone()
    }];
    let network = Network::build(Plan { links, ..plan }).await.unwrap();
    let client = network.node("client").unwrap();
    let client = client
        .enter(|| std::net::UdpSocket::bind("10.0.1.1:7").unwrap())
        .unwrap();
    let _server = udp(&network, "server", "10.0.1.2:7");
    // Nothing here waits, so the fabric gets no turn. 240 MB are more than it has room for.
    for _ in 0..SENT {
        client.send_to(&[0; 60_000], "10.0.1.2:7").unwrap();
    }

    let incomplete = network.finish().await.unwrap_err();
    let [Loss::Fabric { frames }] = incomplete.losses[..] else {
        panic!("{incomplete}");
    };
    let records = &incomplete.capture.records;
    let seen = records
        .iter()
        .filter(|record| record.way == Way::Out)
        .count();
    assert_eq!(seen + frames as usize, SENT);
    assert_eq!(
        incomplete.to_string(),
        format!("the network lost frames that no rule took: {frames} frames overran the fabric")
    );
}
