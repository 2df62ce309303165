//! Findings that are reported while packets arrive.

use diagnose::{Change, Watch};

use crate::story::{CLIENT, MS, S, Story, data, sack};

#[test]
fn a_finding_is_told_once_and_again_when_it_has_doubled() {
    let mut story = Story::up();
    let mut watch = Watch::default();
    let mut told = Vec::new();
    for tsn in 1..40 {
        // Each chunk is sent again although a SACK has acknowledged it.
        story.send(CLIENT, 1, vec![data(tsn, 100)]);
        story.send(1 - CLIENT, 1, vec![sack(tsn)]);
        story.wait(300 * MS);
        story.send(CLIENT, 1, vec![data(tsn, 100)]);
        told.extend(story.news(&mut watch));
    }
    let of_kind: Vec<Change> = told
        .iter()
        .filter(|(name, _)| *name == "spurious-retransmissions")
        .map(|(_, change)| *change)
        .collect();
    assert_eq!(of_kind.first(), Some(&Change::New), "{told:?}");
    assert!((2..=6).contains(&of_kind.len()), "{told:?}");
    assert!(
        of_kind[1..].iter().all(|it| *it == Change::More),
        "{told:?}"
    );
    assert!(story.last_news(&mut watch).len() <= 1);
}

#[test]
fn what_an_answer_takes_away_is_told_as_gone() {
    let mut story = Story::new();
    let mut watch = Watch::default();
    let mut told = Vec::new();
    for _ in 0..5 {
        story.init();
        told.extend(story.news(&mut watch));
        story.wait(2 * S);
    }
    assert_eq!(told[0], ("init-unanswered", Change::New), "{told:?}");
    story.set_up();
    story.wait(S);
    let last = story.last_news(&mut watch);
    let gone = last.iter().filter(|it| it.contains("✓ no more:"));
    assert_eq!(gone.count(), 1, "{last:?}");
    assert!(
        last.iter().any(|it| it.contains(" to come up, for ")),
        "{last:?}"
    );
    assert!(
        story.last_news(&mut watch).is_empty(),
        "nothing is told twice"
    );
}

#[test]
fn what_is_there_for_less_than_a_second_is_not_told_yet() {
    let mut story = Story::new();
    let mut watch = Watch::default();
    story.init();
    assert!(story.news(&mut watch).is_empty());
    story.wait(S).init();
    assert!(
        story.news(&mut watch).is_empty(),
        "it is there for the first time"
    );
    let line = story.last_news(&mut watch).concat();
    assert!(
        line.starts_with("1.001 s #1 10.0.1.1:5001 ⇄ 10.0.1.2:7000 "),
        "{line}"
    );
    assert!(line.ends_with(", frames 1, 2"), "{line}");
}
