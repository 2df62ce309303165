//! Findings about lost, duplicated and late data.

use wire::Tsn;
use wire::chunk::ForwardTsn;

use crate::story::{CLIENT, MS, S, SERVER, Story, data, sack, sack_with};

#[test]
fn data_that_is_lost() {
    // T3-rtx tells of the loss.
    let mut story = Story::up();
    story.send(CLIENT, 1, vec![data(1, 100)]);
    story.wait(S).exchange(CLIENT, 1, 1);
    assert_eq!(story.found(), ["lost"]);
    // Gap ack blocks tell of the loss.
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

/// A chunk that is seen again within one tick of a kernel's clock was not sent by a timer.
#[test]
fn what_comes_again_at_once_is_no_timer() {
    let again_after = |wait: u64| {
        let mut story = Story::up();
        story.send(CLIENT, 1, vec![data(1, 100)]);
        story.wait(wait).send(CLIENT, 1, vec![data(1, 100)]);
        story.wait(4 * MS).send(SERVER, 1, vec![sack(1)]);
        story.send(SERVER, 1, vec![sack_with(1, 65_536, &[], &[1])]);
        story.found()
    };
    assert_eq!(again_after(0), ["spurious-retransmissions"]);
    assert_eq!(again_after(8 * MS), ["spurious-retransmissions"]);
    assert_eq!(again_after(9 * MS), ["timers-unfit"]);
}

/// The timer began with the earliest chunk. A chunk that was sent just before the timer ran
/// out does not show the timer's length.
#[test]
fn what_is_sent_along_does_not_shorten_the_timer() {
    let mut story = Story::up();
    story.send(CLIENT, 1, vec![data(1, 100)]);
    story.wait(80 * MS).send(CLIENT, 1, vec![data(2, 100)]);
    let both = vec![data(1, 100), data(2, 100)];
    story.wait(18 * MS).send(CLIENT, 1, both);
    story.wait(20 * MS).send(SERVER, 1, vec![sack(2)]);
    story.send(SERVER, 1, vec![sack_with(2, 65_536, &[], &[1, 2])]);
    let page = story.page();
    assert!(page.contains("runs out after 0.100 s"), "{page}");
}

/// A SACK after several transmissions was not delayed by the receiver: the SACKs before it
/// were lost.
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
    // The sender probes the closed window (RFC 9260, section 6.1).
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
    // The first DATA chunk with TSN 2 was lost before the place of the capture.
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
    // Another primary path is set: all new data move.
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

/// A SACK of a TSN that was never seen: the capture lacks packets.
#[test]
fn data_that_the_capture_lacks() {
    let mut story = Story::up();
    story.exchange(CLIENT, 1, 1);
    // The capturing program has dropped TSN 2.
    story.send(CLIENT, 1, vec![data(3, 100)]);
    story.send(SERVER, 1, vec![sack(3)]);
    assert_eq!(story.found(), ["not-captured"]);
    // The capturing program has dropped the last TSN, 2.
    let mut story = Story::up();
    story.exchange(CLIENT, 1, 1);
    story.send(SERVER, 1, vec![sack(2)]);
    assert_eq!(story.found(), ["not-captured"]);
    // A capture out of order shows TSN 2 behind its SACK.
    let mut story = Story::up();
    story.exchange(CLIENT, 1, 1);
    story.send(SERVER, 1, vec![sack(2)]);
    story.send(CLIENT, 1, vec![data(2, 100)]);
    story.exchange(CLIENT, 1, 3);
    assert_eq!(story.found(), [""; 0]);
    // A TSN that the sender has given up (RFC 3758) is not missing from the capture.
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
