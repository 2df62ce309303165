//! Tests of the journeys of frames.

use super::*;
use crate::fixture::{DELAY, Story, ToClient, ToServer, frame, init, ticker};

fn journeys(story: &Story) -> Vec<(Option<usize>, Option<usize>, End)> {
    let hosts = Hosts::of(&story.0.interfaces);
    Journeys::new(&hosts, &Setting::of(&story.0), story.0.packets.iter())
        .map(|it| (it.sent, it.received, it.end))
        .collect()
}

fn at(microseconds: u64) -> Time {
    Time::from_nanos(microseconds * 1000)
}

#[test]
fn both_ends_of_a_packet_are_one_journey() {
    let mut story = Story::new();
    story.arrives(0, ToServer('a'), ticker(1));
    story.arrives(5, ToServer('b'), ticker(2));
    story.arrives(7, ToClient('a'), ticker(3));
    assert_eq!(
        journeys(&story),
        [
            (Some(0), Some(3), End::Arrived(at(DELAY))),
            (Some(1), Some(4), End::Arrived(at(DELAY + 5))),
            (Some(2), Some(5), End::Arrived(at(DELAY + 7))),
        ]
    );
}

#[test]
fn what_never_arrives_is_lost_and_holds_its_place() {
    let mut story = Story::new();
    story.lost(0, ToServer('a'), ticker(1), None);
    story.arrives(5, ToServer('a'), ticker(2));
    assert_eq!(
        journeys(&story),
        [
            (Some(0), None, End::Lost),
            (Some(1), Some(2), End::Arrived(at(DELAY + 5))),
        ]
    );
}

/// A retransmitted INIT is equal to the byte.
#[test]
fn of_two_equal_packets_the_lost_one_is_the_one_with_the_unlikely_delay() {
    let mut story = Story::new();
    story.lost(0, ToServer('a'), init(), None);
    story.arrives(3_000_000, ToServer('a'), init());
    story.lost(6_000_000, ToServer('a'), init(), Some("dropped by `cut`"));
    let ends: Vec<End> = journeys(&story)
        .into_iter()
        .map(|(_, _, end)| end)
        .collect();
    assert_eq!(
        ends,
        [End::Lost, End::Arrived(at(3_000_000 + DELAY)), End::Lost]
    );
}

#[test]
fn a_duplicate_comes_out_of_nowhere() {
    let mut story = Story::new();
    story.arrives(0, ToServer('a'), ticker(1));
    let copy = frame(ToServer('a'), vec![ticker(1).into()]);
    story.captured(DELAY + 1, ToServer('a'), Direction::In, copy, None);
    assert_eq!(journeys(&story)[1], (None, Some(2), End::OutOfNowhere));
}

#[test]
fn one_captured_end_is_enough() {
    let mut story = Story::new();
    story.arrives(0, ToServer('a'), ticker(1));
    story.arrives(20, ToClient('a'), ticker(2));
    story.0.interfaces.truncate(1);
    assert_eq!(
        journeys(&story),
        [(Some(0), None, End::Unseen), (None, Some(3), End::Unseen)]
    );
}

/// However many frames are lost, the queue is bounded, and no frame is forgotten.
#[test]
fn losses_without_end_hold_up_only_so_many() {
    let mut story = Story::new();
    let lost = 3 * UNDER_WAY;
    for number in 1..=lost {
        story.lost(number as u64, ToServer('a'), ticker(number as u32), None);
    }
    let hosts = Hosts::of(&story.0.interfaces);
    let mut journeys = Journeys::new(&hosts, &Setting::of(&story.0), story.0.packets.iter());
    let mut count = 0;
    while journeys.next().is_some() {
        count += 1;
        assert!(journeys.waiting.len() <= UNDER_WAY + 1);
    }
    assert_eq!(count, lost);
}

#[test]
fn a_packet_that_a_rule_has_changed_arrives_as_what_it_has_become() {
    let mut story = Story::new();
    story.lost(0, ToServer('a'), ticker(1), Some("corrupted by `flip`"));
    story.lost(5, ToServer('a'), ticker(2), Some("corrupted by `flip`"));
    let mut changed = frame(ToServer('a'), vec![ticker(2).into()]);
    *changed.last_mut().unwrap() ^= 1;
    story.captured(5 + DELAY, ToServer('a'), Direction::In, changed, None);
    assert_eq!(
        journeys(&story),
        [
            (Some(0), None, End::Lost),
            (Some(1), Some(2), End::Arrived(at(5 + DELAY))),
        ]
    );
}

#[test]
fn what_the_end_of_the_run_met_on_its_way_is_not_lost() {
    let mut story = Story::new();
    story.arrives(0, ToServer('a'), ticker(1));
    let end = story.0.info.duration.as_nanos() / 1000;
    story.lost(end - 2 * DELAY, ToServer('a'), ticker(2), None);
    story.lost(end - DELAY / 2, ToServer('a'), ticker(3), None);
    let dropped = Some("dropped by `cut path-a`");
    story.lost(end - DELAY / 2, ToServer('a'), ticker(4), dropped);
    story.lost(end - DELAY / 2, ToClient('a'), ticker(5), None);
    let late = Some("delayed 1.2s by `late`");
    story.lost(end - 1_000_000, ToClient('a'), ticker(6), late);
    story.lost(end - 1_300_000, ToClient('a'), ticker(7), late);
    let ends = journeys(&story).into_iter().skip(1).map(|(_, _, end)| end);
    assert_eq!(
        ends.collect::<Vec<_>>(),
        [
            End::Lost,     // Held for 1.2 s, 1.3 s ago.
            End::UnderWay, // Held for 1.2 s, 1 s ago.
            End::Lost,     // 20 ms ago, where frames take 10 ms.
            End::UnderWay, // 5 ms ago.
            End::Lost,     // A rule took it.
            End::UnderWay, // Nothing has arrived that way, but the other way.
        ]
    );
}
