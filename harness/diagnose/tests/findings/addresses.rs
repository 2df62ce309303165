//! Findings about paths and addresses.

use std::net::IpAddr;

use bytes::Bytes;
use wire::chunk::{CookieEcho, Heartbeat, HeartbeatAck};
use wire::{Checksum, Chunk, Parameter};

use crate::story::{CLIENT, S, SERVER, Story, data, init, sack};

#[test]
fn heartbeats_that_are_not_answered() {
    let mut story = Story::up();
    for tsn in 1..4 {
        story.wait(30 * S).heartbeat(CLIENT, 2, false);
        story.exchange(CLIENT, 1, tsn);
    }
    assert_eq!(story.found(), ["heartbeats-unanswered"]);
    // One HEARTBEAT of four is not answered.
    let mut story = Story::up();
    story.exchange(CLIENT, 1, 1);
    for is_answered in [true, false, true, true] {
        story.wait(30 * S).heartbeat(CLIENT, 2, is_answered);
    }
    assert!(story.found().is_empty());
}

#[test]
fn heartbeats_that_share_a_packet() {
    let infos = || (1..=8_u8).map(|it| Bytes::from(vec![it; 40]));
    let asked = || -> Vec<Chunk> { infos().map(|info| Heartbeat { info }.into()).collect() };
    let mut story = Story::up();
    story.exchange(CLIENT, 1, 1);
    story.send(CLIENT, 1, asked());
    let answers = infos().map(|info| HeartbeatAck { info }.into());
    story.send(SERVER, 1, answers.collect());
    assert!(story.found().is_empty());
    // Two packets without an answer are two in a row.
    let mut story = Story::up();
    story.exchange(CLIENT, 1, 1);
    for _ in 0..2 {
        story.wait(30 * S).send(CLIENT, 1, asked());
    }
    story.wait(30 * S).exchange(CLIENT, 1, 2);
    assert_eq!(story.found(), ["heartbeats-unanswered"]);
}

#[test]
fn heartbeats_that_are_answered_from_elsewhere() {
    let answered = |path: u8| {
        let mut story = Story::up();
        story.exchange(CLIENT, 1, 1);
        story.heartbeat(CLIENT, 2, true);
        let info = Bytes::from("hello, path 2");
        story.send(CLIENT, 2, vec![Heartbeat { info: info.clone() }.into()]);
        story.send(SERVER, path, vec![HeartbeatAck { info }.into()]);
        story.found()
    };
    assert_eq!(answered(1), ["heartbeats-answered-elsewhere"]);
    assert!(answered(2).is_empty());
}

#[test]
fn tags_that_nobody_chose() {
    let mut story = Story::up();
    story.exchange(CLIENT, 1, 1);
    story.send_tagged(CLIENT, 1, 0x0bad_0bad, vec![data(2, 100)]);
    assert_eq!(story.found(), ["wrong-tag"]);
}

#[test]
fn checksums_that_are_wrong_and_checksums_that_are_left_out() {
    let with = |checksum| {
        let mut story = Story::up();
        story.checksum = checksum;
        story.exchange(CLIENT, 1, 1);
        story.found()
    };
    let (found, computed) = (7, 0);
    assert_eq!(with(Checksum::Wrong { found, computed }), ["bad-checksum"]);
    assert!(with(Checksum::Zero).is_empty());
    assert!(with(Checksum::Adler32).is_empty());
}

#[test]
fn addresses_that_something_on_the_way_has_changed() {
    let named = |address: [u8; 4]| {
        let mut story = Story::new();
        let mut init = init(0xc0ff_ee01);
        init.parameters = vec![Parameter::Ipv4Address(address.into())];
        story.send_tagged(CLIENT, 1, 0, vec![init.into()]);
        story.found()
    };
    assert_eq!(named([192, 168, 1, 1]), ["nat"]);
    assert!(named([10, 0, 1, 1]).is_empty());
}

#[test]
fn routes_that_differ() {
    let address = |it: [u8; 4]| IpAddr::from(it);
    let back_to = |second: [u8; 4]| {
        let mut story = Story::up();
        story.exchange(CLIENT, 1, 1);
        for tsn in 2..10 {
            let forth = [address([10, 0, 3, 1]), address([10, 0, 1, 2])];
            story.send_between(forth, CLIENT, 0x5e12_3402, vec![data(tsn, 100)]);
            let back = [address([10, 0, 1, 2]), address(second)];
            let chunks = vec![sack(tsn), data(tsn, 100)];
            story.send_between(back, SERVER, 0xc0ff_ee01, chunks);
        }
        story.found()
    };
    assert_eq!(back_to([10, 0, 2, 1]), ["asymmetric-route"]);
    assert!(back_to([10, 0, 3, 1]).is_empty());
}

#[test]
fn one_direction_only() {
    let mut story = Story::new();
    for tsn in 1..20 {
        story.send(CLIENT, 1, vec![data(tsn, 100)]);
    }
    assert_eq!(story.found(), ["one-direction"]);
    // A capture from the beginning: an end that sends a COOKIE ECHO has been answered.
    let from_its_beginning = |cookies: usize| {
        let mut story = Story::new();
        story.init();
        for _ in 0..cookies {
            let cookie = CookieEcho { cookie: "c".into() };
            story.send(CLIENT, 1, vec![cookie.into()]);
        }
        for tsn in 1..20 {
            story.send(CLIENT, 1, vec![data(tsn, 100)]);
        }
        story.found()
    };
    assert_eq!(from_its_beginning(1), ["one-direction"]);
    assert_eq!(from_its_beginning(2), ["one-direction"]);
    let mut story = Story::new();
    (0..20).for_each(|_| story.wait(S).init());
    assert_eq!(story.found(), ["init-unanswered"]);
    let mut story = Story::new();
    for tsn in 1..20 {
        story.exchange(CLIENT, 1, tsn);
    }
    assert!(story.found().is_empty());
}
