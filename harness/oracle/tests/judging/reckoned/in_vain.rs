//! Set-ups of a program that end without success. The kernel's count of T1 expiries shows
//! which of them the kernel gave up.

use super::ended::abort;
use super::*;

const NOT_SET_UP: &str = "association: ended, within: init-bound";

/// Both cables are cut before the program calls. INITs go to the first path at these times,
/// and the lab finds the association right after the first INIT.
fn called(inits: &[u64]) -> Story {
    called_found(inits, 1001)
}

fn called_found(inits: &[u64], found: u64) -> Story {
    let steps = "  - cut: {link: path-a}\n  - cut: {link: path-b}\n  - start: client\n";
    let mut story = Story::new(steps, NOT_SET_UP);
    story.client = "{node: client, program: sctp-client}";
    story.step(900, "cut");
    story.step(900, "cut-2");
    story.step(900, "start");
    story.waits(900);
    story.begun(found, true);
    story.timers(found, 100, 400);
    for at in inits {
        story.calls(*at, 1);
    }
    story
}

#[test]
fn a_programs_set_up_is_given_up_in_the_time_of_its_timers() {
    let mut story = called(&[1000, 1204, 1612]);
    story.over(2116, Some(3));
    // As for a socket.
    story.is_between(11_000, 13_175);
}

#[test]
fn limits_that_a_program_may_have_changed_are_not_judged() {
    let by = "the bound cannot be computed: by the limits that the socket of client had when the \
              lab looked: ";
    let mut early = called(&[1000, 1190, 1598]);
    early.over(2102, Some(3));
    early.is_wrong(&format!(
        "{by}T1 1, set at 1.000, took 0.19 s; with 0.2 s it allows 0.2–0.235 s"
    ));
    let mut soon = called(&[1000, 1204]);
    soon.over(1608, Some(2));
    soon.is_wrong(&format!(
        "{by}it was given up after 2 INIT chunks; Max.Init.Retransmits is 2, which takes 3"
    ));
}

#[test]
fn a_set_up_that_was_not_given_up_is_told_from_one_that_was() {
    // At the same time, but T1 has not run out after the last INIT.
    let mut story = called(&[1000, 1204, 1612]);
    story.over(2116, Some(2));
    story.is_wrong("its kernel did not give the set-up of client up: after what was sent last");
    let mut refused = called(&[1000, 1204]);
    refused.gets(1300, 1, abort(Vec::new()));
    refused.over(1300, Some(1));
    refused.is_wrong("the set-up was refused: an ABORT of the peer came at 1.300");
}

#[test]
fn a_set_up_beside_others_of_the_node_is_not_judged() {
    let words = "the bound cannot be computed: nothing shows whether client or its kernel ended";
    let mut story = called(&[1000, 1204, 1612]);
    story.over(2116, None);
    story.is_wrong(words);
    // The count fits, but T1 of the other association may have run out in place of this one's.
    let mut other = called(&[1000, 1204, 1612]);
    other.calls_from(5001, 7, 1700, 1);
    other.over(2116, Some(3));
    other.is_wrong(words);
    // One that the program begins as soon as this one is given up does not matter.
    let mut next = called(&[1000, 1204, 1612]);
    next.calls_from(5001, 7, 2116, 1);
    next.over(2116, Some(3));
    next.is_between(11_000, 13_175);
    let mut odd = called(&[1000, 1204, 1612]);
    odd.over(2116, Some(5));
    odd.is_wrong("T1 ran out 5 times, and 2 retransmissions are on record");
}

#[test]
fn a_set_up_that_was_found_late_or_begun_anew_is_not_judged() {
    let mut late = called_found(&[1000, 1204, 1612], 1300);
    late.over(2116, Some(2));
    late.is_wrong("the bound cannot be computed: the lab found the association of client late");
    let mut anew = called(&[1000, 1204, 1612]);
    anew.calls_from(5000, 7, 2120, 1);
    anew.over(2500, Some(3));
    anew.is_wrong("the bound cannot be computed: client called again between the same ports");
}
