//! Each kind of assertion. One that holds passes. One that does not hold fails, and says
//! what was seen instead.

use crate::hand_made::{Side, Story};
use oracle::Result;
use recording::Outcome;
use wire::chunk::{Abort, CookieEcho, Data, Init, InitAck};
use wire::{Cause, Chunk, Parameter, Ppid, Ssn, StreamId, Tsn, VerificationTag};

fn init() -> Init {
    Init {
        initiate_tag: VerificationTag(7),
        a_rwnd: 1500,
        outbound_streams: 6,
        inbound_streams: 5,
        initial_tsn: Tsn(1),
        parameters: vec![],
    }
}

fn init_ack() -> InitAck {
    InitAck {
        initiate_tag: VerificationTag(8),
        a_rwnd: 1500,
        outbound_streams: 5,
        inbound_streams: 6,
        initial_tsn: Tsn(1),
        parameters: vec![Parameter::StateCookie("yum".into())],
    }
}

pub(crate) fn data(tsn: u32, stream: u16) -> Chunk {
    Chunk::Data(Data {
        immediate: false,
        unordered: false,
        beginning: true,
        ending: true,
        tsn: Tsn(tsn),
        stream: StreamId(stream),
        ssn: Ssn(0),
        ppid: Ppid(8),
        payload: "hello".into(),
    })
}

fn cookie_echo(cookie: &'static str) -> Chunk {
    let cookie = cookie.into();
    Chunk::CookieEcho(CookieEcho { cookie })
}

pub(crate) fn story() -> Story {
    let mut story = Story::default();
    story.packet(Side::Client, 0, vec![init().into()]);
    story.packet(Side::Server, 7, vec![init_ack().into()]);
    story.packet(Side::Client, 8, vec![cookie_echo("yum"), data(1, 3)]);
    story.packet(Side::Client, 8, vec![data(1, 3)]);
    story.packet(Side::Client, 8, vec![data(2, 4)]);
    story
}

#[test]
fn chunks_are_counted_by_their_fields_and_company() {
    let story = story();
    story.passes("chunks: {chunk: INIT, where: {outbound-streams: 6}, exactly: 1}");
    story.passes("chunks: {chunk: DATA, where: {stream: 3}, exactly: 2}");
    story.passes("chunks: {chunk: DATA, where: {stream: 3}, new: true, exactly: 1}");
    story.passes("chunks: {chunk: DATA, bundled-with: COOKIE ECHO, exactly: 1}");
    story.passes("chunks: {chunk: DATA, destination: 10.0.1.2, exactly: 3}");
    story.passes("chunks: {chunk: DATA, from: server, exactly: 0}");
    let failed = story.fails("chunks: {chunk: DATA, where: {stream: 5}, at-least: 1}");
    assert_eq!(
        failed.seen,
        "0 seen; others: 2 with stream=3, 1 with stream=4"
    );
    assert_eq!(failed.packets, [2, 4]);
}

#[test]
fn a_sequence_allows_others_in_between_and_no_other_order() {
    let story = story();
    story.passes("sequence: {chunks: [{chunk: INIT}, {chunk: COOKIE ECHO}, {chunk: DATA}]}");
    let failed = story.fails("sequence: {chunks: [{chunk: COOKIE ECHO}, {chunk: INIT}]}");
    assert_eq!(failed.seen, "1 of 2 seen, then no INIT");
}

#[test]
fn an_echo_is_of_what_was_said_before() {
    let mut story = story();
    let cookie = "echoes: {chunk: COOKIE ECHO, of: INIT ACK, field: cookie}";
    let tag = "echoes: {chunk: COOKIE ECHO, field: verification-tag, of: INIT ACK, of-field: initiate-tag}";
    story.passes(cookie);
    story.passes(tag);
    story.fails("echoes: {chunk: INIT, of: INIT ACK, field: initiate-tag}");
    // No HEARTBEAT ACK was sent, so nothing was compared.
    story.fails("echoes: {chunk: HEARTBEAT ACK, of: HEARTBEAT, field: info}");
    story.packet(Side::Client, 9, vec![cookie_echo("stale")]);
    let failed = story.fails(cookie);
    assert_eq!(failed.seen, "2 seen, 1 of them with another value");
    story.fails(tag);
}

#[test]
fn a_message_is_followed_there_and_back() {
    let message = |sender: &str| {
        let mut chunk = data(1, 0);
        if let Chunk::Data(data) = &mut chunk {
            data.payload = format!("{sender} send 2\n").into();
        }
        vec![chunk]
    };
    let there = "followed: {step: send, number: 2, through: [client, server]}";
    let and_back = "followed: {step: send, number: 2, through: [client, server, client]}";
    let mut story = Story::default();
    // A message that the server sends before it has received one is no answer.
    story.packet(Side::Server, 7, message("server"));
    story.arrives();
    story.packet(Side::Client, 8, message("client"));
    let failed = story.fails(there);
    assert_eq!(
        failed.seen,
        "seen 1 times; then it did not arrive at server"
    );
    story.arrives();
    story.passes(there);
    let failed = story.fails(and_back);
    assert_eq!(failed.seen, "seen 2 times; then server did not send it");
    story.packet(Side::Server, 7, message("server"));
    story.arrives();
    story.passes(and_back);
    story.fails("followed: {step: send, number: 3, through: [client, server]}");
}

#[test]
fn intervals_are_between_one_chunk_and_the_next() {
    let story = story();
    story.passes("intervals: {chunk: DATA, at-most: 1min}");
    let failed = story.fails("intervals: {chunk: DATA, at-least: 1min, at-most: 2min}");
    assert!(failed.seen.starts_with("3 seen, "), "{}", failed.seen);
    // One INIT alone, or none, has no interval.
    let failed = story.fails("intervals: {chunk: INIT, at-most: 1min}");
    assert_eq!(failed.seen, "1 seen: there is no time between them");
}

#[test]
fn a_latency_is_from_the_sending_to_the_first_reception() {
    let mut story = Story::default();
    let nothing = story.fails("latency: {from: client, to: server, at-most: 1h}");
    assert_eq!(nothing.seen, "0 sent");
    story.sent(1);
    story.sent(2);
    story.received("client", 1);
    story.received("client", 2);
    story.received("client", 1);
    story.passes("latency: {from: client, to: server, at-most: 1s}");
    let failed = story.fails("latency: {from: client, to: server, at-most: 1ms}");
    assert!(
        failed.seen.ends_with("; 2 late, first send 1"),
        "{}",
        failed.seen
    );
    story.sent(3);
    let failed = story.fails("latency: {from: client, to: server, at-most: 1h}");
    assert!(
        failed.seen.ends_with(", 1 did not arrive"),
        "{}",
        failed.seen
    );
}

#[test]
fn causes_go_by_name() {
    let mut story = story();
    let causes = vec![Cause::UserInitiatedAbort("bye".into())];
    let abort = Abort {
        tag_reflected: true,
        causes,
    };
    story.packet(Side::Server, 7, vec![abort.into()]);
    story.passes(
        "chunks: {chunk: ABORT, where: {t: true, cause: user-initiated-abort}, exactly: 1}",
    );
    let failed = story.fails("chunks: {chunk: ABORT, where: {t: false, cause: []}, exactly: 1}");
    assert_eq!(
        failed.seen,
        "0 seen; others: 1 with t=true, cause=user-initiated-abort"
    );
}

#[test]
fn messages_come_in_order_or_do_not() {
    let mut story = story();
    for number in [1, 3, 2] {
        story.received("client", number);
    }
    story.passes("messages: {at: server, from: client, where: {stream: 3}, exactly: 3}");
    story.passes("messages: {at: server, where: {number: 2..}, in-order: false, exactly: 2}");
    story.passes("messages: {at: server, where: {number: 1..2}, in-order: true, exactly: 2}");
    let failed = story.fails("messages: {at: server, in-order: true, exactly: 3}");
    assert_eq!(failed.seen, "3 seen; send 2 was overtaken");
    let failed = story.fails("messages: {at: server, where: {ppid: 9}, at-least: 1}");
    assert_eq!(failed.seen, "0 seen; others: 3 with ppid=8");
}

#[test]
fn calls_are_known_by_their_errors() {
    let mut story = story();
    story.called("sctp_recvv", Err("ECONNREFUSED"));
    story.called("sctp_connectx", Ok("5"));
    story.passes("calls: {at: client, call: sctp_recvv, error: ECONNREFUSED, exactly: 1}");
    story.passes("calls: {at: client, call: sctp_connectx, result: 5, exactly: 1}");
    let failed = story.fails("calls: {at: client, call: sctp_recvv, error: EPIPE, exactly: 1}");
    assert_eq!(failed.seen, "0 seen; others: 1 with ECONNREFUSED");
}

#[test]
fn paths_and_notifications_are_known_by_their_fields() {
    let mut story = story();
    story.path("SCTP_POTENTIALLY_FAILED");
    story.comm_up(6);
    story.passes(
        "paths: {at: client, address: 10.0.1.2, where: {state: SCTP_POTENTIALLY_FAILED, cwnd: 4380}, exactly: 1}",
    );
    story.fails("paths: {at: client, where: {state: SCTP_ACTIVE}, at-least: 1}");
    let up = "notifications: {at: client, notification: assoc-change, state: comm-up";
    story.passes(&format!(
        "{up}, where: {{sac_outbound_streams: 6}}, exactly: 1}}"
    ));
    let failed = story.fails(&format!(
        "{up}, where: {{sac_outbound_streams: 7}}, exactly: 1}}"
    ));
    assert_eq!(failed.seen, "0 seen; others: 1 with sac_outbound_streams=6");
}

#[test]
fn what_could_not_be_run_is_neither_passed_nor_failed() {
    let verdict = story().lacking("interleaving");
    assert!(!verdict.passed());
    assert_eq!(verdict.failures().count(), 0);
    let skip = verdict.skipped.unwrap().to_string();
    assert_eq!(skip, "it needs interleaving, and nothing was there");
    assert!(
        verdict
            .judgements
            .iter()
            .all(|it| it.result == Result::Passed)
    );
}

#[test]
fn an_expectation_says_what_came_instead() {
    let mut story = Story::default();
    story.begins("expect");
    story.comm_up(10);
    story.ends("expect", Outcome::NotSeen);
    let failed = story.expects(
        "{at: client, notification: assoc-change, where: {sac_outbound_streams: 6}, within: 1s}",
    );
    assert_eq!(failed.result, Result::Failed);
    assert_eq!(
        failed.seen,
        "not seen in 0.002 s; others: 1 with sac_outbound_streams=10; at most 1 s"
    );
}

#[test]
fn numbers_stand_beside_the_words_with_their_units() {
    let failed = story().fails("chunks: {chunk: DATA, from: client, at-least: 4, at-most: 9}");
    let numbers = serde_json::to_value(&failed.numbers).unwrap();
    assert_eq!(
        numbers,
        serde_json::json!([
            {"name": "seen", "value": 3, "unit": "chunks"},
            {"name": "wanted-least", "value": 4, "unit": "chunks"},
            {"name": "wanted-most", "value": 9, "unit": "chunks"},
        ])
    );
    let interval = story().fails("intervals: {chunk: DATA, from: client, at-most: 100us}");
    let longest = interval.numbers.iter().find(|it| it.name == "longest");
    assert_eq!(
        serde_json::to_value(longest).unwrap(),
        serde_json::json!({"name": "longest", "value": 0.001, "unit": "s"})
    );
}
