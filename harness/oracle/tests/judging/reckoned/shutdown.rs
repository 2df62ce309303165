//! A shutdown that is not answered: T2-shutdown, and the guard that ends the shutdown
//! (RFC 9260 section 9.2).

use wire::Cause;
use wire::chunk::{Abort, Shutdown, ShutdownAck, ShutdownComplete};

use super::*;

const CLOSED: &str = "  - connect: {from: client, to: server}\n  \
                      - cut: {link: path-a}\n  \
                      - cut: {link: path-b}\n  \
                      - close: {endpoint: client, to: server}\n";
const OVER: &str = "notification: assoc-change, within: shutdown-bound";

pub(super) const SHUTDOWN: Shutdown = Shutdown {
    cumulative_tsn_ack: Tsn(0),
};

/// The client closes at 1000. SHUTDOWNs go to one path and the other in turn, at these times;
/// each is timed by the RTO of the path that it goes to, and its expiry doubles that RTO.
pub(super) fn closed(association_max_retrans: u16, again: &[u64]) -> Story {
    let mut story = Story::new(CLOSED, OVER);
    story.comes_up();
    let timing = Timing {
        association_max_retrans,
        path_max_retrans: 10,
        ..Story::limits(100, 400)
    };
    story.timing(20, timing);
    story.step(500, "cut");
    story.step(500, "cut-2");
    story.step(1000, "close");
    story.waits(1000);
    story.sends(1000, 1, SHUTDOWN);
    shuts_down_again(&mut story, again);
    story
}

/// SHUTDOWN is sent again, to one path and the other in turn; each expiry of T2-shutdown
/// doubles the RTO of its path.
pub(super) fn shuts_down_again(story: &mut Story, again: &[u64]) {
    let (mut rtos, mut errors, mut path) = ([100, 100], [0, 0], 0);
    for at in again {
        rtos[path] = (rtos[path] * 2).min(400);
        errors[path] += 1;
        let number = u8::try_from(path).unwrap() + 1;
        story.path(*at, number, rtos[path], "SCTP_ACTIVE", errors[path]);
        path = 1 - path;
        story.sends(*at, u8::try_from(path).unwrap() + 1, SHUTDOWN);
    }
}

/// As many SHUTDOWNs again as Association.Max.Retrans 4 allows, by RTOs of 100 and 100, 200
/// and 200.
pub(super) const FOUR: [u64; 4] = [1104, 1208, 1412, 1616];

/// SHUTDOWNs until T5-shutdown-guard ends the association: after the first four, by RTOs of
/// 400.
pub(super) const SEVEN: [u64; 7] = [1104, 1208, 1412, 1616, 2020, 2424, 2828];

#[test]
fn t2_shutdown_gives_the_association_up() {
    let mut story = closed(4, &FOUR);
    story.seen(2020);
    // The last T2 was set 616 after the first SHUTDOWN, to 400: 400 + 400/8 + 10 = 460 at the
    // most, and 50 to read the notification.
    story.is_between(10_160, 11_260);
}

#[test]
fn t2_shutdown_is_neither_early_nor_late() {
    let mut early = closed(4, &[1090, 1194, 1398, 1602]);
    early.seen(2006);
    early.is_wrong("error 1 of 10.0.1.2 counted 0.09 s after T2-shutdown was set at 1.000");
    // Twice an RTO: the error of the first path doubles its own RTO, and not the second
    // path's.
    let mut late = closed(4, &[1104, 1308, 1512, 1716]);
    late.seen(2120);
    late.is_wrong("error 1 of 10.0.2.2 counted 0.204 s after T2-shutdown was set at 1.104");
}

#[test]
fn t5_shutdown_guard_ends_what_t2_does_not() {
    let mut story = closed(20, &SEVEN);
    story.seen(3004);
    // Linux: 5 × RTO.Max = 2000 after the first SHUTDOWN, 2000/8 + 10 late, and 50.
    story.is_between(20_000, 23_100);
    let mut soon = closed(20, &SEVEN[..6]);
    soon.seen(2600);
    soon.is_wrong("it was seen at 2.600, when nothing had ended it");
    let mut late = closed(20, &[1104, 1208, 1412, 1616, 2020, 2424, 2828, 3232]);
    late.seen(3408);
    late.is_wrong("bound 2.000–2.310 s");
}

#[test]
fn t5_shutdown_guard_ends_the_association_before_its_errors_do() {
    let mut story = closed(20, &SEVEN);
    story.expect = LOST;
    story.seen(3004);
    // As above.
    story.is_between(20_000, 23_100);
    let mut soon = closed(20, &SEVEN[..6]);
    soon.expect = LOST;
    soon.seen(2600);
    soon.is_wrong("it was given up after 6 errors and one more timer");
}

#[test]
fn what_the_application_aborts_was_neither_shut_down_nor_given_up() {
    let aborted = |expect| {
        let mut story = closed(4, &[1104]);
        story.expect = expect;
        let abort = Abort {
            tag_reflected: false,
            causes: vec![Cause::UserInitiatedAbort("enough".into())],
        };
        story.sends(1150, 2, abort);
        story.seen(1150);
        story
    };
    aborted(OVER).is_wrong("it was not shut down: its own end sent an ABORT at 1.150");
    aborted(LOST).is_wrong("its kernel did not give it up: its own end sent an ABORT at 1.150");
}

#[test]
fn an_answer_ends_it_at_once() {
    let answered = |seen: u64| {
        let mut story = closed(4, &[1104]);
        story.gets(1150, 2, ShutdownAck);
        let tag_reflected = false;
        story.sends(1150, 2, ShutdownComplete { tag_reflected });
        story.seen(seen);
        story
    };
    answered(1150).is_between(1_500, 2_000);
    answered(1260).is_wrong("it was seen at 1.260, when nothing had ended it");
}

#[test]
fn t2_shutdown_that_is_overdue_is_wrong_however_it_ends() {
    let aborted = |at: u64| {
        let mut story = closed(4, &[1104]);
        let (tag_reflected, causes) = (false, Vec::new());
        story.gets(
            at,
            2,
            Abort {
                tag_reflected,
                causes,
            },
        );
        story.seen(at);
        story
    };
    // T2 was set at 1104 by the RTO 100 of the second path: 122.5 at the most, 2 to handle it.
    aborted(1228).is_between(2_280, 2_780);
    aborted(1230).is_wrong("T2-shutdown was set at 1.104 with RTO 0.1 s");
}

#[test]
fn a_shutdown_that_answers_data_sets_t2_to_what_it_was() {
    let story = |again: u64| {
        let mut story = closed(4, &[]);
        story.path(20, 2, 300, "SCTP_ACTIVE", 0);
        // T2-shutdown is not set by the RTO 300 of the second path, on which the DATA chunk
        // came.
        story.gets(1050, 2, data(1));
        story.sends(1050, 2, SHUTDOWN);
        let later = [
            (again, 2, (1, 200, 1)),
            (again + 304, 1, (2, 400, 1)),
            (again + 508, 2, (1, 400, 2)),
            (again + 912, 1, (2, 400, 2)),
        ];
        for (at, to, (path, rto, errors)) in later {
            story.sends(at, to, SHUTDOWN);
            story.path(at, path, rto, "SCTP_ACTIVE", errors);
        }
        story.seen(again + 1316);
        story
    };
    // The last T2 was set at 2066: 1066 after the first SHUTDOWN, 400 to 460, and 50.
    story(1154).is_between(14_660, 15_760);
    story(1354).is_wrong("error 1 of 10.0.1.2 counted 0.304 s after T2-shutdown was set at 1.050");
}
