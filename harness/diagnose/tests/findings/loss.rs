//! Findings about lost, duplicated and late data.

use wire::Tsn;
use wire::chunk::ForwardTsn;

use crate::story::{CLIENT, MS, S, SERVER, Story, data, sack, sack_with};

#[test]
fn data_that_is_lost() {
    // By the timer.
    let mut story = Story::up();
    story.send(CLIENT, 1, vec![data(1, 100)]);
    story.wait(S).exchange(CLIENT, 1, 1);
    assert_eq!(story.found(), ["lost"]);
    // By what SACKs tell.
    let mut story = Story::up();
    for tsn in 1..6 {
        story.send(CLIENT, 1, vec![data(tsn, 100)]);
    }
    for last in 2..5 {
        story.send(SERVER, 1, vec![sack_with(0, 65_536, &[(2, last)], &[])]);
    }
    story.send(CLIENT, 1, vec![data(1, 100)]);
    story.send(SERVER, 1, vec![sack(5)]);
    assert_eq!(story.found(), ["lost"]);
}

#[test]
fn a_timer_that_is_shorter_than_the_delay_of_the_sack() {
    let mut story = Story::up();
    story.send(CLIENT, 1, vec![data(1, 100)]);
    story.wait(100 * MS).send(CLIENT, 1, vec![data(1, 100)]);
    story.wait(90 * MS).send(SERVER, 1, vec![sack(1)]);
    story.send(SERVER, 1, vec![sack_with(1, 65_536, &[], &[1])]);
    assert_eq!(story.found(), ["timers-unfit"]);
}

/// A SACK that took a minute was not delayed by the receiver: those before were lost.
#[test]
fn sacks_that_are_lost_are_not_late() {
    let mut story = Story::up();
    story.send(CLIENT, 1, vec![data(1, 100)]);
    for seconds in [1, 2, 4] {
        story.wait(seconds * S).send(CLIENT, 1, vec![data(1, 100)]);
    }
    story.send(SERVER, 1, vec![sack_with(1, 65_536, &[], &[1])]);
    let found = story.found();
    assert!(!found.contains(&"timers-unfit"), "{found:?}");
    assert!(!found.is_empty());
}

#[test]
fn data_that_had_arrived() {
    let mut story = Story::up();
    story.exchange(CLIENT, 1, 1);
    story.wait(S).send(CLIENT, 1, vec![data(1, 100)]);
    story.send(SERVER, 1, vec![sack_with(1, 65_536, &[], &[1])]);
    assert_eq!(story.found(), ["spurious-retransmissions"]);
}

#[test]
fn a_window_that_is_closed() {
    let mut story = Story::up();
    story.send(CLIENT, 1, vec![data(1, 100)]);
    story.send(SERVER, 1, vec![sack_with(1, 0, &[], &[])]);
    // The sender asks whether there is room by then.
    story.wait(S).send(CLIENT, 1, vec![data(2, 100)]);
    story.wait(S).send(CLIENT, 1, vec![data(2, 100)]);
    story.send(SERVER, 1, vec![sack_with(2, 65_536, &[], &[])]);
    assert_eq!(story.found(), ["window-closed"]);
    let mut story = Story::up();
    story.send(CLIENT, 1, vec![data(1, 100)]);
    story.send(SERVER, 1, vec![sack_with(1, 1, &[], &[])]);
    assert!(story.found().is_empty(), "small, and not closed");
}

#[test]
fn a_path_that_takes_no_large_packets() {
    let large = |is_heard: bool| {
        let mut story = Story::up();
        story.exchange(CLIENT, 1, 1);
        for seconds in [1, 2, 4] {
            story.send(CLIENT, 1, vec![data(2, 1400)]);
            story.wait(seconds * S).heartbeat(CLIENT, 1, is_heard);
        }
        story.found()
    };
    assert!(large(true).contains(&"mtu-black-hole"));
    assert!(!large(false).contains(&"mtu-black-hole"), "nothing arrives");
}

#[test]
fn packets_that_the_network_duplicates_or_turns_over() {
    let mut story = Story::up();
    story.send(CLIENT, 1, vec![data(1, 100)]);
    story.send(SERVER, 1, vec![sack_with(1, 65_536, &[], &[1])]);
    assert_eq!(story.found(), ["duplicated"]);
    let mut story = Story::up();
    for tsn in [1, 3, 2, 4] {
        story.send(CLIENT, 1, vec![data(tsn, 100)]);
    }
    story.send(SERVER, 1, vec![sack(4)]);
    assert_eq!(story.found(), ["reordered"]);
    // The first transmission was lost before the place of the capture.
    let mut story = Story::up();
    for tsn in [1, 3] {
        story.send(CLIENT, 1, vec![data(tsn, 100)]);
    }
    story.wait(S).send(CLIENT, 1, vec![data(2, 100)]);
    story.send(SERVER, 1, vec![sack(3)]);
    assert_eq!(story.found(), ["lost"]);
}

#[test]
fn data_that_turns_to_another_path() {
    let mut story = Story::up();
    for tsn in 1..5 {
        story.exchange(CLIENT, 1, tsn);
    }
    story.send(CLIENT, 1, vec![data(5, 100)]);
    story.wait(S).send(CLIENT, 2, vec![data(5, 100)]);
    story.send(SERVER, 2, vec![sack(5)]);
    for tsn in 6..12 {
        story.exchange(CLIENT, 2, tsn);
    }
    assert_eq!(story.found(), ["failover", "lost"]);
}

#[test]
fn data_that_turns_because_it_shall_or_only_once() {
    // Another primary path is set.
    let mut story = Story::up();
    for tsn in 1..5 {
        story.exchange(CLIENT, 1, tsn);
    }
    for tsn in 5..12 {
        story.exchange(CLIENT, 2, tsn);
    }
    assert!(story.found().is_empty());
    // One chunk is lost, and sent again over the other path (RFC 9260, section 6.4).
    let mut story = Story::up();
    for tsn in 1..5 {
        story.exchange(CLIENT, 1, tsn);
    }
    story.send(CLIENT, 1, vec![data(5, 100)]);
    story.wait(S).send(CLIENT, 2, vec![data(5, 100)]);
    story.send(SERVER, 2, vec![sack(5)]);
    for tsn in 6..12 {
        story.exchange(CLIENT, 1, tsn);
    }
    assert_eq!(story.found(), ["lost"]);
}

/// Where a SACK has what was never seen, the capture has not all packets.
#[test]
fn data_that_the_capture_lacks() {
    let mut story = Story::up();
    story.exchange(CLIENT, 1, 1);
    // TSN 2 was dropped by who captured.
    story.send(CLIENT, 1, vec![data(3, 100)]);
    story.send(SERVER, 1, vec![sack(3)]);
    assert_eq!(story.found(), ["not-captured"]);
    // So was the last one of another.
    let mut story = Story::up();
    story.exchange(CLIENT, 1, 1);
    story.send(SERVER, 1, vec![sack(2)]);
    assert_eq!(story.found(), ["not-captured"]);
    // A capture that does not keep the order shows it later.
    let mut story = Story::up();
    story.exchange(CLIENT, 1, 1);
    story.send(SERVER, 1, vec![sack(2)]);
    story.send(CLIENT, 1, vec![data(2, 100)]);
    story.exchange(CLIENT, 1, 3);
    assert_eq!(story.found(), [""; 0]);
    // What the sender has given up is not waited for (RFC 3758).
    let mut story = Story::up();
    story.exchange(CLIENT, 1, 1);
    let forward = ForwardTsn {
        new_cumulative_tsn: Tsn(3),
        skipped: vec![],
    };
    story.send(CLIENT, 1, vec![forward.into()]);
    story.send(SERVER, 1, vec![sack(3)]);
    assert_eq!(story.found(), [""; 0]);
}
