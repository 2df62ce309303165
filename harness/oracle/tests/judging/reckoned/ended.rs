//! Associations of a program that end. No notification tells of the end, but packets do.

use recording::AssociationSample;
use wire::Cause;
use wire::chunk::{Abort, ShutdownAck, ShutdownComplete};

use super::program::program;
use super::shutdown::{FOUR, SEVEN, SHUTDOWN, shuts_down_again};
use super::*;

const GIVEN_UP: &str = "association: ended, within: association-bound";
const SHUT_DOWN: &str = "association: ended, within: shutdown-bound";

impl Story {
    /// The kernel no longer has the association: this is the event that was waited for.
    pub(super) fn over(&mut self, at: u64, t1_expiries: Option<u64>) {
        let observation = self.made.observations.len();
        let ended = Event::AssociationEnded {
            endpoint: "client".into(),
            association: "client-server".into(),
            t1_expiries,
        };
        self.event(at, ended);
        let step = "it".into();
        let outcome = Outcome::Seen { observation };
        self.event(at, Event::StepEnded { step, outcome });
    }

    /// A packet leaves the client's node with the tag of the packet that it answers.
    fn answers(&mut self, at: u64, path: u8, chunk: Abort) {
        let chunks = vec![chunk.into()];
        let frame = frame(path, Side::Client, [5000, 5000], CLIENT_TAG, chunks);
        let interface = Side::Client.interface(path);
        self.made
            .packet(ms(at), interface, Direction::Out, frame, None);
    }

    /// The association's state, as the kernel reports it.
    fn is_now(&mut self, at: u64, state: &str, queued: u32) {
        let sample = AssociationSample {
            state: state.into(),
            peer_rwnd: 100_000,
            unacknowledged: 0,
            pending: 0,
            queued: Some(queued),
            error_count: None,
        };
        let state = Event::Association {
            endpoint: "client".into(),
            association: "client-server".into(),
            sample,
        };
        self.event(at, state);
    }
}

pub(super) fn abort(causes: Vec<Cause>) -> Abort {
    let tag_reflected = false;
    Abort {
        tag_reflected,
        causes,
    }
}

/// Linux's ABORT of an association that it gives up.
fn too_many_errors() -> Abort {
    let words = "Association exceeded its max_retrans count\0".into();
    abort(vec![Cause::ProtocolViolation(words)])
}

fn by_the_program() -> Abort {
    abort(vec![Cause::UserInitiatedAbort("".into())])
}

/// Four errors, which is Association.Max.Retrans: DATA goes out again at these times. The
/// next T3-rtx would end the association at 2524.
fn failed(second: u64) -> Story {
    let mut story = program(GIVEN_UP);
    story.sends(1000, 1, data(1));
    let again = [1104, second, second + 404, second + 808];
    let errors = [(200, 1), (400, 2), (400, 3), (400, 4)];
    for (at, (rto, errors)) in again.into_iter().zip(errors) {
        story.sends(at, 1, data(1));
        story.path(at, 1, rto, "SCTP_ACTIVE", errors);
    }
    story
}

#[test]
fn a_programs_association_is_given_up_in_the_time_of_its_timers() {
    let mut story = failed(1312);
    story.sends(2524, 1, too_many_errors());
    story.over(2524, None);
    // As for a socket. The last T3-rtx was set at 2120, 1120 after the first: 400 to 460, and
    // 50 for the look at the kernel.
    story.is_between(15_200, 16_300);
    let mut early = failed(1250);
    early.sends(2462, 1, too_many_errors());
    early.over(2462, None);
    early.is_wrong("error 2 of 10.0.1.2 counted 0.146 s after T3-rtx was set at 1.104");
}

#[test]
fn a_programs_association_is_given_up_after_as_many_errors_as_it_takes() {
    let mut story = program(GIVEN_UP);
    story.sends(1000, 1, data(1));
    story.sends(1104, 1, data(1));
    story.path(1104, 1, 200, "SCTP_ACTIVE", 1);
    story.sends(1312, 1, too_many_errors());
    story.over(1312, None);
    story.is_wrong("given up after 1 errors and one more timer; Association.Max.Retrans is 4");
}

#[test]
fn who_else_ends_a_programs_association_did_not_give_it_up() {
    let mut aborted = failed(1312);
    aborted.sends(2524, 1, by_the_program());
    aborted.over(2524, None);
    aborted.is_wrong("its kernel did not give it up: its own end sent an ABORT at 2.524");
    let mut shut = program(GIVEN_UP);
    shut.gets(1000, 1, SHUTDOWN);
    shut.sends(1000, 1, ShutdownAck);
    let tag_reflected = false;
    shut.gets(1010, 1, ShutdownComplete { tag_reflected });
    shut.over(1010, None);
    shut.is_wrong("its kernel did not give it up: it was shut down at 1.010");
}

#[test]
fn an_abort_of_the_peer_ends_a_programs_association_as_that_of_a_socket() {
    let mut story = failed(1312);
    story.gets(2400, 1, by_the_program());
    story.over(2400, None);
    let judgement = story.judged();
    assert_eq!(judgement.result, Result::Passed, "{judgement:#?}");
    assert!(
        judgement
            .seen
            .contains("an ABORT of the peer came at 2.400")
    );
}

#[test]
fn without_a_packet_that_shows_who_ended_it_nothing_is_computed() {
    let mut story = failed(1312);
    story.over(2524, None);
    let words = "the bound cannot be computed: no packet shows who ended the association of client";
    story.is_wrong(words);
    let mut story = closed(4, &FOUR);
    story.over(2020, None);
    story.is_wrong(words);
    // The kernel answers the peer's DATA when the association is gone.
    let mut answered = failed(1312);
    let tag_reflected = true;
    let causes = Vec::new();
    answered.answers(
        2524,
        1,
        Abort {
            tag_reflected,
            causes,
        },
    );
    answered.over(2524, None);
    answered.is_wrong(words);
}

#[test]
fn a_timer_that_a_message_may_have_started_is_not_judged() {
    let words = "counted 0.146 s after T3-rtx was set at 1.104";
    let mut known = failed(1250);
    known.sends(2462, 1, too_many_errors());
    known.over(2462, None);
    known.is_wrong(words);
    known.is_wrong("unless client asked for a HEARTBEAT, or set timers anew");
    let mut early = failed(1250);
    early.is_now(1110, "SCTP_ESTABLISHED", 1);
    early.sends(2462, 1, too_many_errors());
    early.over(2462, None);
    early.is_wrong("the bound cannot be computed: error 2 of 10.0.1.2");
    early.is_wrong("but messages of client waited for others to be acknowledged");
    // Waiting messages are mentioned only if the timers do not fit the bound.
    let mut story = failed(1312);
    story.is_now(1110, "SCTP_ESTABLISHED", 1);
    story.sends(2524, 1, too_many_errors());
    story.over(2524, None);
    story.is_between(15_200, 16_300);
}

#[test]
fn a_programs_association_that_goes_on_was_not_given_up() {
    let mut story = failed(1312);
    story.never(2400);
    story.is_wrong("the timers are right: 4 of the 5 errors that it takes were counted");
}

/// The program closes at 1000, and SHUTDOWNs go to one path and the other in turn.
fn closed(association_max_retrans: u16, again: &[u64]) -> Story {
    let mut story = program(SHUT_DOWN);
    let timing = Timing {
        association_max_retrans,
        path_max_retrans: 10,
        ..Story::limits(100, 400)
    };
    story.timing(20, timing);
    story.is_now(1000, "SCTP_SHUTDOWN_SENT", 0);
    story.sends(1000, 1, SHUTDOWN);
    shuts_down_again(&mut story, again);
    story
}

#[test]
fn a_programs_shutdown_ends_in_the_time_of_its_timers() {
    // As for a socket.
    let mut story = closed(4, &FOUR);
    story.sends(2020, 1, too_many_errors());
    story.over(2020, None);
    story.is_between(10_160, 11_260);
    let mut guarded = closed(20, &SEVEN);
    guarded.sends(3004, 1, abort(Vec::new()));
    guarded.over(3004, None);
    guarded.is_between(20_000, 23_100);
    let mut answered = closed(4, &[1104]);
    answered.gets(1150, 2, ShutdownAck);
    let tag_reflected = false;
    answered.sends(1150, 2, ShutdownComplete { tag_reflected });
    answered.over(1150, None);
    answered.is_between(1_500, 2_000);
}

#[test]
fn a_programs_shutdown_is_neither_early_nor_late() {
    let mut early = closed(4, &[1090, 1194, 1398, 1602]);
    early.sends(2006, 1, too_many_errors());
    early.over(2006, None);
    early.is_wrong("error 1 of 10.0.1.2 counted 0.09 s after T2-shutdown was set at 1.000");
    let mut soon = closed(20, &SEVEN[..6]);
    soon.sends(2600, 1, abort(Vec::new()));
    soon.over(2600, None);
    soon.is_wrong("it was seen at 2.600, when nothing had ended it");
}

#[test]
fn what_a_program_aborts_or_never_closes_was_not_shut_down() {
    let mut aborted = closed(4, &[1104]);
    aborted.sends(1150, 2, by_the_program());
    aborted.over(1150, None);
    aborted.is_wrong("it was not shut down: its own end sent an ABORT at 1.150");
    let mut given_up = failed(1312);
    given_up.expect = SHUT_DOWN;
    given_up.sends(2524, 1, too_many_errors());
    given_up.over(2524, None);
    given_up.is_wrong("no shutdown of it is on record: its kernel gave it up");
    // T5-shutdown-guard runs before a SHUTDOWN, too, where the peer's window is zero.
    let mut guarded = failed(1312);
    guarded.expect = SHUT_DOWN;
    guarded.is_now(1400, "SCTP_SHUTDOWN_PENDING", 0);
    guarded.sends(2524, 1, abort(Vec::new()));
    guarded.over(2524, None);
    guarded.is_wrong("the bound cannot be computed: T5-shutdown-guard ended the association");
}
