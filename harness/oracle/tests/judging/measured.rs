//! The measure `gap`: the longest time without a message.

use std::time::Duration;

use oracle::Amount;
use recording::Outcome;

use crate::hand_made::Story;

/// A millisecond goes by.
fn something_else(story: &mut Story) {
    story.rule("cut-path-a", 0, 0);
}

/// Messages before and after a cut, and the longest silence between the first and the
/// second.
fn interrupted() -> Story {
    let mut story = Story::default();
    story.steps("  - cut: {link: path-a}\n");
    story.ends("connect", Outcome::Done);
    (0..9).for_each(|_| something_else(&mut story));
    story.received("client", 1);
    something_else(&mut story);
    story.begins("cut");
    story.ends("cut", Outcome::Done);
    (0..4).for_each(|_| something_else(&mut story));
    story.received("client", 2);
    something_else(&mut story);
    story.received("client", 3);
    story
}

fn milliseconds(number: u64) -> Vec<Amount> {
    vec![Amount::Time(Duration::from_millis(number))]
}

#[test]
fn an_interruption_begins_with_the_last_message_before_what_interrupts() {
    let story = interrupted();
    let gap = story.measured("gap: {from: client, to: server, after: cut}");
    assert_eq!(gap, milliseconds(8));
    let gap = story.measured("gap: {from: client, to: server, before: cut}");
    assert_eq!(gap, Vec::new());
}

#[test]
fn a_silence_that_was_over_before_the_window_is_not_in_it() {
    let mut story = interrupted();
    story.steps("  - cut: {link: path-a}\n  - restore: {link: path-a}\n");
    story.begins("restore");
    story.ends("restore", Outcome::Done);
    story.received("client", 4);
    let gap = story.measured("gap: {from: client, to: server, after: restore}");
    assert_eq!(gap, milliseconds(3));
}

#[test]
fn without_a_message_after_it_an_interruption_has_no_length() {
    let mut story = Story::default();
    story.steps("  - cut: {link: path-a}\n");
    story.received("client", 1);
    story.ends("cut", Outcome::Done);
    something_else(&mut story);
    let gap = story.measured("gap: {from: client, to: server, after: cut}");
    assert_eq!(gap, Vec::new());
}
