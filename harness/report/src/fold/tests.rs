//! Tests of folded stretches.

use recording::Direction;

use crate::fixture::{DELAY, Story, ToClient, ToServer, frame, sack, ticker};
use crate::{LadderOptions, ladder};

/// The words of each line of the ladder, without times and lanes.
fn said(story: &Story) -> Vec<String> {
    let options = LadderOptions::default();
    let ladder = ladder(&story.0, &options);
    let strip = |line: &str| {
        let line: String = line.chars().skip(11).collect();
        line.trim_matches(|it: char| " │┊─▶◀".contains(it))
            .to_owned()
    };
    ladder.lines().skip(1).map(strip).collect()
}

#[test]
fn a_quiet_stretch_keeps_its_first_and_last_exchange() {
    let mut story = Story::connected();
    for number in 1..=20 {
        story.exchange(500_000 * u64::from(number), 'a', number);
    }
    story.step(10_300_000, "cut path-a");
    assert_eq!(
        said(&story)[5..],
        [
            "path-a ─ DATA tsn+0 ticker 1",
            "path-a ─ SACK cum+0",
            "8.5 s: 18 × DATA, 18 × SACK on path-a",
            "path-a ─ DATA tsn+19 ticker 20",
            "path-a ─ SACK cum+19",
            "cut path-a",
        ]
    );
}

#[test]
fn what_is_unusual_interrupts_a_stretch_and_is_shown() {
    let mut story = Story::connected();
    for number in 1..=6 {
        story.exchange(500_000 * u64::from(number), 'a', number);
    }
    story.lost(3_500_000, ToServer('a'), ticker(7), None);
    story.arrives(4_500_000, ToServer('b'), ticker(7));
    for number in 8..=12 {
        story.exchange(500_000 * u64::from(number) + 1_000_000, 'b', number);
    }
    assert_eq!(
        said(&story)[7..],
        [
            "2.0 s: 5 × DATA, 5 × SACK on path-a",
            "path-a ─ DATA tsn+6 ticker 7 ──? lost on the link",
            "path-b ─ DATA tsn+6 ticker 7 again, on path-b",
            "path-b ─ DATA tsn+7 ticker 8",
            "path-b ─ SACK cum+7",
            "1.0 s: 3 × DATA, 3 × SACK on path-b",
            "path-b ─ DATA tsn+11 ticker 12",
            "path-b ─ SACK cum+11",
        ]
    );
}

#[test]
fn two_packets_are_not_worth_folding() {
    let mut story = Story::connected();
    for number in 1..=3 {
        story.exchange(500_000 * u64::from(number), 'a', number);
    }
    assert_eq!(said(&story).len(), 5 + 6);
}

#[test]
fn heartbeats_are_news_on_an_idle_path_and_counted_on_a_busy_one() {
    let mut story = Story::connected();
    story.heartbeat(400_000, 'b');
    for number in 1..=10 {
        story.exchange(500_000 * u64::from(number), 'a', number);
    }
    story.heartbeat(2_600_000, 'a');
    story.heartbeat(2_700_000, 'b');
    assert_eq!(
        said(&story)[5..10],
        [
            "path-b ─ HEARTBEAT",
            "path-b ─ HEARTBEAT ACK",
            "path-a ─ DATA tsn+0 ticker 1",
            "path-a ─ SACK cum+0",
            "3.5 s: 8 × DATA, 8 × SACK, 1 × HEARTBEAT/ACK on path-a; 1 × HEARTBEAT/ACK on path-b",
        ]
    );
}

/// A failover with the RFC's timers, as Linux does it: data on the alternate path, and
/// unanswered heartbeats whose timer doubles each time.
fn three_minutes() -> Story {
    let mut story = Story::connected();
    story.wait(42_000, "expect SCTP_ASSOC_CHANGE SCTP_COMM_UP at client");
    story.step(42_500, "traffic client → server");
    story.heartbeat(43_000, 'b');
    story.wait(43_500, "wait 10 s");
    let tick = |number: u32| 50_000 + 500_000 * u64::from(number);
    for number in 1..=20 {
        story.exchange(tick(number), 'a', number);
    }
    story.step(10_043_500, "cut path-a");
    story.wait(10_043_600, "expect SCTP_ADDR_UNREACHABLE at client");
    let cut = Some("dropped by `cut path-a`");
    story.lost(tick(21), ToServer('a'), ticker(21), cut);
    story.lost(tick(22), ToServer('a'), ticker(22), cut);
    story.arrives(11_550_000, ToServer('b'), ticker(21));
    story.arrives(11_560_000, ToServer('b'), ticker(22));
    for number in 23..=320 {
        let path = if tick(number) < 150_000_000 { 'b' } else { 'a' };
        story.exchange(tick(number) + 20_000, path, number);
    }
    for at in [11.6, 13.7, 17.9, 26.0, 42.1, 74.3, 110.9] {
        let info = bytes::Bytes::from_static(b"?");
        let at = (at * 1_000_000.0) as u64;
        story.lost(at, ToServer('a'), wire::chunk::Heartbeat { info }, cut);
    }
    for at in [30_000_000, 61_000_000, 95_000_000, 128_000_000] {
        story.heartbeat(at, 'b');
    }
    story.wait(74_400_000, "wait 20 s");
    story.step(94_400_000, "restore path-a");
    story.wait(94_400_100, "expect SCTP_ADDR_AVAILABLE at client");
    story.heartbeat(149_000_000, 'a');
    story.wait(149_030_000, "wait 10 s");
    story.step(159_030_000, "stop ticker");
    story
}

#[test]
fn three_minutes_fit_on_two_screens() {
    let drawn = ladder(&three_minutes().0, &LadderOptions::default());
    assert!(drawn.lines().count() <= 90, "{drawn}");
}

#[test]
fn a_packet_that_is_not_as_it_should_be_is_never_folded() {
    let mut story = Story::connected();
    for number in 0..9 {
        let empty = frame(ToServer('a'), vec![]);
        let at = 100_000 * (number + 1);
        story.captured(at, ToServer('a'), Direction::Out, empty.clone(), None);
        story.captured(at + DELAY, ToServer('a'), Direction::In, empty, None);
    }
    assert_eq!(said(&story)[5..], ["path-a ─ no chunks"; 9]);
}

/// The last packets before a step may be SACKs alone: every packet must be shown or
/// counted.
#[test]
fn every_packet_is_shown_or_counted() {
    for answers in 0..12 {
        let mut story = Story::connected();
        for number in 1..=3 {
            story.exchange(500_000 * u64::from(number), 'a', number);
        }
        for number in 0..answers {
            story.arrives(2_000_000 + 1000 * number, ToClient('a'), sack(3));
        }
        let shown: u64 = said(&story)[5..].iter().map(|it| packets_in(it)).sum();
        assert_eq!(shown, 6 + answers, "{:#?}", said(&story));
    }
}

fn packets_in(line: &str) -> u64 {
    let numbers = line.split(" × ").zip(line.split(" × ").skip(1));
    let counts = numbers.map(|(before, _)| before.rsplit(' ').next().unwrap());
    let folded: u64 = counts.map(|it| it.parse::<u64>().unwrap()).sum();
    folded.max(1)
}

#[test]
fn the_same_notification_many_times_in_a_row_is_one_line() {
    let mut story = Story::connected();
    for number in 0..40 {
        story.notified(50_000 + number, "client", "SCTP_SEND_FAILED_EVENT");
    }
    story.notified(60_000, "client", "SCTP_ASSOC_CHANGE");
    let said = said(&story);
    assert_eq!(
        said[5..],
        ["◆ 40 × SCTP_SEND_FAILED_EVENT", "◆ SCTP_ASSOC_CHANGE"]
    );
}

/// DATA and SACK, half a second apart; `change` modifies the captured bytes.
fn changed(change: impl Fn(&mut Vec<u8>)) -> Story {
    let mut story = Story::connected();
    for number in 1..=20 {
        let at = 500_000 * u64::from(number);
        for (at, way, chunk) in [
            (at, ToServer('a'), ticker(number).into()),
            (at + DELAY, ToClient('a'), sack(number).into()),
        ] {
            let mut frame = frame(way, vec![chunk]);
            change(&mut frame);
            story.captured(at, way, Direction::Out, frame.clone(), None);
            story.captured(at + DELAY, way, Direction::In, frame, None);
        }
    }
    story
}

#[test]
fn a_checksum_that_was_left_to_others_is_nothing_unusual() {
    const CHECKSUM: usize = 14 + 20 + 8;
    let story = changed(|frame| frame[CHECKSUM..CHECKSUM + 4].fill(0));
    let drawn = ladder(&story.0, &LadderOptions::default());
    assert!(drawn.lines().count() < 12, "{drawn}");
    assert!(
        drawn.contains("DATA tsn+0 ticker 1, checksum zero"),
        "{drawn}"
    );
    let story = changed(|frame| frame[CHECKSUM] ^= 1);
    let drawn = ladder(&story.0, &LadderOptions::default());
    assert!(drawn.lines().count() > 40, "{drawn}");
}

#[test]
fn what_the_capture_has_cut_is_neither_broken_nor_unusual() {
    let story = changed(|frame| frame.truncate(96));
    let drawn = ladder(&story.0, &LadderOptions::default());
    assert!(drawn.lines().count() < 12, "{drawn}");
    assert!(drawn.contains("DATA tsn+0, cut by the capture"), "{drawn}");
    assert!(
        !drawn.contains("broken") && !drawn.contains("checksum"),
        "{drawn}"
    );
    assert!(drawn.contains("18 × DATA, 18 × SACK on path-a"), "{drawn}");
}
