//! A cause of a failure is named where the record shows it, and only there.

use recording::{Ended, Outcome};
use wire::chunk::Abort;
use wire::{Cause, Chunk};

use crate::assertions::{data, story};
use crate::hand_made::{Side, Story};

/// A DATA chunk with the first bytes of a message of the lab.
fn message(tsn: u32, number: u64) -> Vec<Chunk> {
    let mut chunk = data(tsn, 0);
    if let Chunk::Data(data) = &mut chunk {
        data.payload = format!("client send {number}\n").into();
    }
    vec![chunk]
}

const DELIVERED: &str = "delivered: {from: client, to: server}";

#[test]
fn a_field_that_differs_is_the_cause_of_a_chunk_that_is_missing() {
    let mut story = story();
    let abort = Abort {
        tag_reflected: false,
        causes: vec![Cause::UserInitiatedAbort("bye".into())],
    };
    story.packet(Side::Server, 7, vec![abort.into()]);
    story.association_ended("SCTP_CANT_STR_ASSOC");
    let failed = story.fails("chunks: {chunk: ABORT, from: server, where: {t: true}, exactly: 1}");
    assert_eq!(failed.cause.as_deref(), Some("it came with t=false"));
    // One chunk too many is not a chunk that went elsewhere.
    let failed = story.fails("chunks: {chunk: ABORT, exactly: 0}");
    assert_eq!(failed.cause, None);
}

#[test]
fn chunks_that_differ_in_more_or_are_more_are_other_ones() {
    let story = story();
    for others in [
        "chunks: {chunk: DATA, where: {stream: 5}, at-least: 1}",
        "chunks: {chunk: DATA, where: {stream: 5}, exactly: 3}",
        "chunks: {chunk: INIT, where: {outbound-streams: 1, inbound-streams: 1}, exactly: 1}",
    ] {
        assert_eq!(story.fails(others).cause, None, "{others}");
    }
}

#[test]
fn chunks_that_went_another_way_are_named() {
    let mut story = Story::default();
    story.packet_on(2, Side::Client, 8, vec![data(1, 0)]);
    story.packet_on(2, Side::Client, 8, vec![data(2, 0)]);
    let failed = story.fails("chunks: {chunk: DATA, from: client, on: path-a, at-least: 1}");
    assert_eq!(
        failed.cause.as_deref(),
        Some("2 × DATA went on path-b instead")
    );
    let failed = story.fails("chunks: {chunk: DATA, destination: 10.0.1.2, at-least: 1}");
    assert_eq!(
        failed.cause.as_deref(),
        Some("2 × DATA went to 10.0.2.2 instead")
    );
    // The chunks that are missing beside the right ones did not go elsewhere.
    let failed = story.fails("chunks: {chunk: DATA, on: path-b, at-least: 3}");
    assert_eq!(failed.cause, None);
}

#[test]
fn chunks_that_were_taken_on_their_way_are_named_with_the_taker() {
    let mut story = Story::default();
    story.packet(Side::Client, 8, vec![data(1, 0)]);
    story.taken("cut path-a");
    story.packet(Side::Client, 8, vec![data(2, 0)]);
    story.arrives();
    let failed = story.fails("chunks: {chunk: DATA, arrived-at: server, exactly: 2}");
    assert_eq!(
        failed.cause.as_deref(),
        Some("1 of them were dropped by `cut path-a`")
    );
}

#[test]
fn an_alternate_that_was_never_confirmed_is_the_cause_of_data_that_did_not_move() {
    let mut story = Story::default();
    story.path_to([10, 0, 1, 2], "SCTP_INACTIVE");
    story.path_to([10, 0, 2, 2], "SCTP_UNCONFIRMED");
    story.sent(1);
    story.packet(Side::Client, 8, message(1, 1));
    story.taken("cut path-a");
    let confirmed = "the path to 10.0.2.2 was never confirmed: no HEARTBEAT to it was answered";
    let failed = story.fails("chunks: {chunk: DATA, from: client, on: path-b, at-least: 1}");
    assert_eq!(failed.cause.as_deref(), Some(confirmed));
    let failed = story.fails(DELIVERED);
    let taken = "every transmission of send 1 was taken: 1 × dropped by `cut path-a`";
    assert_eq!(failed.cause, Some(format!("{taken}; {confirmed}")));
    // Chunks that carry no user data may use an unconfirmed path.
    let failed = story.fails("chunks: {chunk: HEARTBEAT, on: path-b, at-least: 1}");
    assert_eq!(failed.cause, None);
}

#[test]
fn a_lost_message_was_taken_or_never_sent_or_never_read() {
    let mut never_sent = Story::default();
    never_sent.sent(1);
    let cause = never_sent.fails(DELIVERED).cause;
    assert_eq!(
        cause.as_deref(),
        Some("send 1 was never sent; the run ended")
    );

    let mut never_read = Story::default();
    never_read.sent(1);
    never_read.packet(Side::Client, 8, message(1, 1));
    never_read.arrives();
    let cause = never_read.fails(DELIVERED).cause;
    assert_eq!(
        cause.as_deref(),
        Some("send 1 arrived at 0.002, and server never read it")
    );

    let mut under_way = Story::default();
    under_way.sent(1);
    under_way.packet(Side::Client, 8, message(1, 1));
    assert_eq!(under_way.fails(DELIVERED).cause, None);
}

#[test]
fn icmp_that_was_taken_is_the_cause_of_a_message_too_big_for_a_link() {
    let mut frame = vec![0_u8; 14 + 20 + 8];
    frame[12..14].copy_from_slice(&[0x08, 0x00]);
    frame[14] = 0x45;
    frame[23] = 1;
    frame[34..36].copy_from_slice(&[3, 4]);
    frame[40..42].copy_from_slice(&1400_u16.to_be_bytes());
    let mut story = Story::default();
    story.sent(1);
    story.packet(Side::Client, 8, message(1, 1));
    story.frame(1, frame.clone());
    assert_eq!(story.fails(DELIVERED).cause, None, "it arrived");
    story.taken("no-icmp");
    assert_eq!(
        story.fails(DELIVERED).cause.as_deref(),
        Some(
            "1 × ICMP that a packet is too big for an MTU of 1400 were dropped by `no-icmp`: \
             the sender never learnt the MTU of the path"
        )
    );
    // "Host unreachable" is no message about the size of a packet either.
    let mut other = Story::default();
    other.sent(1);
    other.packet(Side::Client, 8, message(1, 1));
    frame[35] = 1;
    other.frame(1, frame);
    other.taken("no-icmp");
    assert_eq!(other.fails(DELIVERED).cause, None);
}

#[test]
fn an_association_that_ended_is_a_cause_of_what_is_missing_and_of_nothing_else() {
    let ended = "the association of client ended at 0.001: SCTP_COMM_LOST";
    let mut story = Story::default();
    story.comm_up(10);
    story.association_ended("SCTP_COMM_LOST");
    let missing = "messages: {at: client, at-least: 1}";
    assert_eq!(story.fails(missing).cause.as_deref(), Some(ended));
    // The end that the client reported is no cause of what is missing at the server.
    assert_eq!(
        story.fails("messages: {at: server, at-least: 1}").cause,
        None
    );
    // A new association has come up.
    let mut again = Story::default();
    again.comm_up(10);
    again.association_ended("SCTP_COMM_LOST");
    again.comm_up(10);
    assert_eq!(again.fails(missing).cause, None);
    // Another association is still up.
    let mut two = Story::default();
    two.comm_up(10);
    two.comm_up(10);
    two.association_ended("SCTP_COMM_LOST");
    assert_eq!(two.fails(missing).cause, None);
}

#[test]
fn an_end_that_the_story_waits_for_is_no_cause() {
    let mut story = Story::default();
    story.comm_up(10);
    story.begins("expect");
    story.association_ended("SCTP_COMM_LOST");
    story.ends("expect", Outcome::Seen { observation: 2 });
    assert_eq!(
        story.fails("messages: {at: client, at-least: 1}").cause,
        None
    );
}

#[test]
fn an_end_behind_the_window_is_no_cause() {
    let mut story = Story::default();
    story.comm_up(10);
    story.begins("send");
    story.ends("send", Outcome::Done);
    story.association_ended("SCTP_COMM_LOST");
    let before = "messages: {at: client, before: send, at-least: 1}";
    assert_eq!(story.fails(before).cause, None);
}

#[test]
fn a_path_that_linux_is_not_to_tell_of_is_named() {
    let failed = "notifications: {at: client, notification: peer-addr-change, \
                  state: potentially-failed, exactly: 1}";
    let mut story = Story::default();
    story.path("SCTP_ACTIVE");
    assert_eq!(story.fails(failed).cause, None);
    story.path("SCTP_POTENTIALLY_FAILED");
    assert_eq!(
        story.fails(failed).cause.as_deref(),
        Some(
            "10.0.1.2 was potentially failed at 0.001, and Linux tells of that only with \
             `net.sctp.pf_expose: 2`; on client it is 0"
        )
    );
}

#[test]
fn a_run_that_was_stopped_names_the_step_that_it_hung_in() {
    let mut story = Story::default();
    story.begins("send");
    story.sent(1);
    story.sent(2);
    story.rule("no-acks", 8908, 8908);
    let verdict = story.verdict(
        DELIVERED,
        Ended::Early {
            why: "after 10 s".into(),
        },
    );
    let complete = verdict.judgements.last().unwrap();
    assert_eq!(complete.name, "complete");
    assert_eq!(
        complete.cause.as_deref(),
        Some(
            "the step `send` was waiting: the socket had taken 2 of its 3 messages; \
             the rule `no-acks` took 8908 frames"
        )
    );
}

#[test]
fn a_rule_that_matched_nothing_is_the_cause_of_what_did_not_come() {
    let expectation = "{at: client, notification: peer-addr-change, address: 10.0.1.2, \
                       state: unreachable, within: 1s}";
    let mut story = Story::default();
    story.steps("  - rule: {chunk: SHUTDOWN, from: client, nth: 1st, do: drop, as: lose}\n");
    story.begins("lose");
    story.ends("lose", Outcome::Done);
    story.begins("expect");
    story.path("SCTP_ACTIVE");
    story.packet(Side::Client, 8, vec![data(1, 0)]);
    story.taken("something");
    story.ends("expect", Outcome::NotSeen);
    story.rule("lose", 0, 0);
    let judgement = story.expects(expectation);
    assert_eq!(
        judgement.cause.as_deref(),
        Some("the rule `lose` matched no frame")
    );
    story.rule("lose", 0, 0);
}
