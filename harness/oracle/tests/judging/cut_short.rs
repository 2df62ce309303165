//! Judgements on a run that ended early: only what the record shows is decided.

use oracle::{Proof, Result};
use recording::{Ended, Outcome};

use crate::assertions::{data, story};
use crate::hand_made::{Side, Story};

fn at_step() -> Ended {
    Ended::AtStep {
        step: "send".into(),
    }
}

#[test]
fn what_the_rest_of_the_run_could_change_is_not_reached() {
    let mut story = story();
    story.ended(at_step());
    // One chunk too few, or none so far.
    let judgement = story.not_reached("chunks: {chunk: DATA, exactly: 4}");
    assert_eq!(judgement.seen, "3 seen when the run ended early");
    assert_eq!(judgement.cause, None);
    story.not_reached("chunks: {chunk: ABORT, at-least: 1}");
    story.not_reached("chunks: {chunk: ABORT, exactly: 0}");
    story.not_reached("sequence: {chunks: [{chunk: INIT}, {chunk: ABORT}]}");
    story.not_reached("intervals: {chunk: DATA, at-most: 1min}");
    story.not_reached("messages: {at: server, exactly: 1}");
    story.not_reached("echoes: {chunk: COOKIE ECHO, of: INIT ACK, field: cookie}");
}

#[test]
fn what_it_could_not_change_is_judged() {
    let mut story = story();
    story.received("client", 2);
    story.received("client", 1);
    story.ended(at_step());
    story.passes("chunks: {chunk: DATA, at-least: 3}");
    story.fails("chunks: {chunk: DATA, exactly: 2}");
    story.fails("chunks: {chunk: INIT, exactly: 0}");
    story.passes("sequence: {chunks: [{chunk: INIT}, {chunk: COOKIE ECHO}]}");
    story.fails("intervals: {chunk: DATA, at-least: 1min, at-most: 2min}");
    story.fails("messages: {at: server, in-order: true, exactly: 2}");
}

#[test]
fn a_window_that_was_over_is_judged_all_the_same() {
    let mut story = Story::default();
    story.begins("connect");
    story.ends("connect", Outcome::Done);
    story.begins("send");
    story.packet(Side::Client, 8, vec![data(1, 3)]);
    story.ended(at_step());
    story.fails("chunks: {chunk: INIT, before: send, exactly: 1}");
    story.passes("chunks: {chunk: DATA, before: send, exactly: 0}");
    story.not_reached("chunks: {chunk: INIT, after: connect, exactly: 1}");
}

#[test]
fn an_expectation_that_was_still_waited_for_is_not_reached() {
    let mut story = Story::default();
    story.begins("expect");
    story.ended(Ended::Early {
        why: "it was interrupted".into(),
    });
    let judgement =
        story.expects("{at: client, notification: assoc-change, state: comm-up, within: 1s}");
    assert_eq!(judgement.result, Result::NotReached);
    assert_eq!(judgement.seen, "the run ended before this came");
}

#[test]
fn a_sabotage_proves_by_what_it_names_and_by_a_whole_run_only() {
    let four = "chunks: {chunk: DATA, exactly: 4}";
    let mut story = story();
    let Proof::By(judgement) = story.proof(four) else {
        panic!("three are not four");
    };
    assert_eq!(judgement.seen, "3 seen");
    assert_eq!(
        story.proof("chunks: {chunk: DATA, exactly: 3}"),
        Proof::Nothing("`it` did not fail: 3 seen".into())
    );
    story.ended(at_step());
    assert_eq!(
        story.proof(four),
        Proof::Nothing("`it` was not reached: 3 seen when the run ended early".into())
    );
    // The assertion had failed for good before the run ended.
    assert!(story.proof("chunks: {chunk: DATA, exactly: 2}").holds());
    story.ended(Ended::Early {
        why: "a limit".into(),
    });
    assert_eq!(
        story.proof("chunks: {chunk: DATA, exactly: 2}"),
        Proof::Nothing("the run was stopped: a limit".into())
    );
}

#[test]
fn a_kernel_that_finds_a_fault_of_its_own_fails_and_proves_nothing_else() {
    let what = "BUG: KASAN: slab-use-after-free in sctp_outq_sack+0x1/0x2";
    let three = "chunks: {chunk: DATA, exactly: 3}";
    let mut story = story();
    assert!(story.verdict(three, Ended::Complete).passed());
    story.complained(what);
    let verdict = story.verdict(three, Ended::Complete);
    let failed: Vec<_> = verdict.failures().collect();
    assert_eq!(failed.len(), 1);
    assert_eq!(
        (failed[0].name.as_str(), failed[0].seen.as_str()),
        ("kernel", what)
    );
    assert_eq!(
        story.proof("chunks: {chunk: DATA, exactly: 4}"),
        Proof::Nothing(format!("the kernel is at fault: {what}"))
    );
}

#[test]
fn a_known_failure_is_to_fail_by_what_it_names_and_by_nothing_else() {
    let story = story();
    let four = "chunks: {chunk: DATA, exactly: 4}";
    let three = "chunks: {chunk: DATA, exactly: 3}";
    assert!(story.fails_as_known(four, three).holds());
    assert_eq!(
        story.fails_as_known(three, three),
        Proof::Nothing("`it` did not fail: 3 seen".into())
    );
    assert_eq!(
        story.fails_as_known(four, four),
        Proof::Nothing("`chunks-2` failed".into())
    );
}

#[test]
fn a_known_failure_of_two_is_to_fail_by_both() {
    let story = story();
    let four = "chunks: {chunk: DATA, exactly: 4}";
    let three = "chunks: {chunk: DATA, exactly: 3}";
    assert!(story.fails_by_both(four, four).holds());
    assert_eq!(
        story.fails_by_both(four, three),
        Proof::Nothing("`that` did not fail: 3 seen".into())
    );
    assert_eq!(
        story.fails_by_both(three, four),
        Proof::Nothing("`it` did not fail: 3 seen".into())
    );
}
