//! Tests of messages and round trips in the report.

use serde_json::{Value, json};
use wire::chunk::{GapAckBlock, Sack as Report};

use super::way::{Data, Sack, Way};
use super::*;

/// Sends a message of one chunk, with this TSN, stream and SSN.
fn sends(way: &mut Way, at: u64, tsn: u32, stream: u16, ssn: u16) {
    sends_part(way, at, tsn, (stream, ssn), (true, true), false);
}

fn sends_part(
    way: &mut Way,
    at: u64,
    tsn: u32,
    (stream, ssn): (u16, u16),
    (begins, ends): (bool, bool),
    again: bool,
) {
    let data = Data {
        at,
        tsn: Tsn(tsn),
        origin: Some(Tsn(100)),
        piece: Piece {
            stream,
            number: ssn.into(),
            next: ssn.wrapping_add(1).into(),
            unordered: false,
            begins,
            ends,
            bytes: 10,
        },
        link: 0,
        is_lost: false,
        arrived: None,
        again: again.then_some(Some(0)),
    };
    way.transmits(&data, true);
}

fn sack(way: &mut Way, at: u64, cumulative: u32, gap: Option<(u16, u16)>) {
    let report = Report {
        cumulative_tsn_ack: Tsn(cumulative),
        a_rwnd: 1000,
        gap_ack_blocks: gap
            .map(|(start, end)| GapAckBlock { start, end })
            .into_iter()
            .collect(),
        duplicate_tsns: vec![],
    };
    way.acknowledged(&Sack::new(at, &report, Some(Tsn(100))), true);
}

/// Of each message: stream, number, and the times at which it was sent, arrived, was
/// delivered and acknowledged.
fn told(way: &mut Way) -> Vec<Value> {
    way.streams.end();
    let drawn = serde_json::to_value(way.streams.drawn()).expect("it can be encoded");
    let mut messages = drawn["messages"].as_array().expect("a list").clone();
    messages.sort_by_key(|it| it["first"].as_i64());
    let fields = ["stream", "number", "t", "arrived", "delivered", "acked"];
    messages
        .iter()
        .map(|it| fields.iter().map(|field| it[field].clone()).collect())
        .collect()
}

#[test]
fn a_lost_message_holds_up_its_own_stream_and_no_other() {
    let mut way = Way::default();
    for (at, tsn, stream, ssn) in [
        (0, 100, 1, 0),
        (1, 101, 1, 1),
        (2, 102, 2, 0),
        (3, 103, 1, 2),
    ] {
        sends(&mut way, at, tsn, stream, ssn);
    }
    // TSN 101 is lost.
    sack(&mut way, 20, 100, Some((2, 3)));
    sends_part(&mut way, 500, 101, (1, 1), (true, true), true);
    sack(&mut way, 520, 103, None);
    assert_eq!(
        told(&mut way),
        [
            json!([1, 0, 0, 20, 20, 20]),
            json!([1, 1, 1, 520, 520, 520]),
            json!([2, 0, 2, 20, 20, 520]),
            json!([1, 2, 3, 20, 520, 520]),
        ]
    );
    let drawn = serde_json::to_value(way.streams.drawn()).expect("it can be encoded");
    let waited = drawn["waited"].as_array().expect("a list");
    assert_eq!(waited.len(), 1);
    // The message waited for SSN 1, whose TSN is the second and was sent again.
    assert_eq!(waited[0]["head"], json!([1, 1, true]));
    assert_eq!(drawn["streams"][0][1]["waited"], 1);
    assert_eq!(drawn["streams"][0][1]["longest"], 500);
    assert_eq!(drawn["streams"][1][1]["waited"], 0);
}

/// Near the receiver, a packet that was lost earlier is captured only when it is sent
/// again. Until then the number that is missing in the stream shows that a message waits.
#[test]
fn what_was_lost_before_the_capture_is_waited_for_too() {
    let mut way = Way::default();
    sends(&mut way, 0, 100, 1, 0);
    sack(&mut way, 1, 100, None);
    sends(&mut way, 2, 102, 1, 2);
    sends(&mut way, 3, 103, 2, 0);
    sack(&mut way, 4, 100, Some((2, 3)));
    sends(&mut way, 900, 101, 1, 1);
    sack(&mut way, 901, 103, None);
    assert_eq!(
        told(&mut way)[1..],
        [
            json!([1, 1, 900, 901, 901, 901]),
            json!([1, 2, 2, 4, 901, 901]),
            json!([2, 0, 3, 4, 4, 901]),
        ]
    );
}

#[test]
fn a_message_has_arrived_with_the_last_of_its_fragments() {
    let mut way = Way::default();
    sends_part(&mut way, 0, 100, (0, 0), (true, false), false);
    sends_part(&mut way, 1, 101, (0, 0), (false, false), false);
    sends_part(&mut way, 2, 102, (0, 0), (false, true), false);
    sends(&mut way, 3, 103, 0, 1);
    sack(&mut way, 10, 101, Some((2, 2)));
    sack(&mut way, 30, 103, None);
    // This message is never acknowledged.
    sends(&mut way, 40, 104, 0, 2);
    assert_eq!(
        told(&mut way),
        [
            json!([0, 0, 0, 30, 30, 30]),
            json!([0, 1, 3, 10, 30, 30]),
            json!([0, 2, 40, null, null, null]),
        ]
    );
}

#[test]
fn round_trips_are_those_of_data_that_was_sent_once() {
    let mut way = Way::default();
    for (at, tsn) in [(0, 100), (10, 101), (20, 102)] {
        sends(&mut way, at, tsn, 0, tsn as u16 - 100);
    }
    // Of the messages that a SACK acknowledges, the one that was sent last counts.
    sack(&mut way, 60, 101, None);
    sends_part(&mut way, 500, 102, (0, 2), (true, true), true);
    sack(&mut way, 540, 102, None);
    let drawn = serde_json::to_value(way.trips.drawn()).expect("it can be encoded");
    assert_eq!(drawn["tracks"].as_array().map(Vec::len), Some(1));
    assert_eq!(drawn["tracks"][0]["points"], json!([[10, 50, 50]]));
    assert_eq!(drawn["leftOut"], 1);
}

/// In a million messages only the counts grow.
#[test]
fn messages_without_end_take_no_more_room() {
    let mut way = Way::default();
    for number in 0..40_000_u32 {
        let stream = (number % 5) as u16;
        sends(
            &mut way,
            u64::from(number),
            100 + number,
            stream,
            (number / 5) as u16,
        );
        if number % 2 == 1 {
            sack(&mut way, u64::from(number), 100 + number, None);
        }
    }
    let drawn = serde_json::to_value(way.streams.drawn()).expect("it can be encoded");
    let kept = drawn["messages"].as_array().map_or(0, Vec::len);
    assert!((2_000..=4_000).contains(&kept), "{kept}");
    assert_eq!(drawn["streams"][4][1]["messages"], 8_000);
    assert_eq!(drawn["streams"][4][1]["waited"], 0);
}
