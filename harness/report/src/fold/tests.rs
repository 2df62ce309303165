use crate::fixture::{Story, ToServer, ticker};
use crate::{LadderOptions, ladder};

/// The ladder without its times and lanes: what each line says.
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
fn heartbeats_between_the_data_are_counted_by_path() {
    let mut story = Story::connected();
    story.heartbeat(400_000, 'b');
    for number in 1..=10 {
        story.exchange(500_000 * u64::from(number), 'a', number);
    }
    story.heartbeat(2_600_000, 'b');
    let folded = "3.5 s: 8 × DATA, 8 × SACK on path-a; 1 × HEARTBEAT/ACK on path-b";
    assert!(
        said(&story).iter().any(|it| it == folded),
        "{:#?}",
        said(&story)
    );
}
