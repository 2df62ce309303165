//! Assertions about the places of chunks: arrivals, retransmissions, and the path of the
//! data.

use crate::assertions::{data, story};
use crate::hand_made::{Side, Story};

#[test]
fn what_arrived_is_not_what_was_sent() {
    let mut story = Story::default();
    for (tsn, is_taken) in [(1, false), (2, true), (2, false), (3, true)] {
        story.packet(Side::Client, 8, vec![data(tsn, 3)]);
        match is_taken {
            true => story.taken("loss"),
            false => story.arrives(),
        }
    }
    story.passes("chunks: {chunk: DATA, from: client, exactly: 4}");
    story.passes("chunks: {chunk: DATA, arrived-at: server, exactly: 2}");
    story.passes("chunks: {chunk: DATA, arrived-at: server, on: path-b, exactly: 0}");
    story.passes("chunks: {chunk: DATA, arrived-at: client, exactly: 0}");
    // The chunk was sent twice, and the first copy was lost: at the server it is new.
    story.passes("chunks: {chunk: DATA, arrived-at: server, again: true, exactly: 0}");
    story.passes("chunks: {chunk: DATA, from: client, again: true, exactly: 1}");
    let failed = story.fails("chunks: {chunk: DATA, arrived-at: server, exactly: 4}");
    assert_eq!(failed.seen, "2 seen");
    story.passes(
        "sequence: {chunks: [{chunk: DATA, arrived-at: server}, {chunk: DATA, from: client}]}",
    );
    story.fails(
        "sequence: {chunks: [{chunk: DATA, from: client, where: {tsn: 3}}, {chunk: DATA, arrived-at: server}]}",
    );
}

#[test]
fn new_data_and_retransmissions_are_counted_apart() {
    let story = story();
    story.passes("chunks: {chunk: DATA, exactly: 3}");
    story.passes("chunks: {chunk: DATA, new: true, exactly: 2}");
    story.passes("chunks: {chunk: DATA, again: true, where: {stream: 3}, exactly: 1}");
    let failed = story.fails("chunks: {chunk: DATA, again: true, exactly: 2}");
    assert_eq!(failed.wanted, "2 × DATA again");
    assert_eq!(failed.seen, "1 seen");
}

#[test]
fn a_path_changes_when_new_data_go_elsewhere() {
    let mut story = Story::default();
    // A chunk is retransmitted on the other path while new data stay on the first. Then
    // new data move to the other path, and return.
    for (path, tsn) in [(1, 1), (2, 1), (1, 2), (2, 3), (2, 4), (1, 5)] {
        story.packet_on(path, Side::Client, 8, vec![data(tsn, 0)]);
    }
    // Chunks of the other direction do not count.
    story.packet_on(2, Side::Server, 7, vec![data(1, 0)]);
    story.passes("path-changes: {exactly: 2}");
    story.passes("path-changes: {from: client, old: 10.0.1.2, new: 10.0.2.2, exactly: 1}");
    story.passes("path-changes: {new: 10.0.1.2, exactly: 1}");
    story.passes("path-changes: {from: server, exactly: 0}");
    let failed = story.fails("path-changes: {from: client, old: 10.0.2.2, exactly: 2}");
    assert_eq!(failed.seen, "1 seen; others: 1 with 10.0.1.2 to 10.0.2.2");
    assert_eq!(failed.wanted, "2 × new data of client moves from 10.0.2.2");
}

#[test]
fn an_association_is_known_by_its_state() {
    let mut story = Story::default();
    story.association("SCTP_ESTABLISHED");
    story.begins("connect");
    story.ends("connect", recording::Outcome::Done);
    story.association("SCTP_SHUTDOWN_SENT");
    let sent = "associations: {at: client, where: {state: SCTP_SHUTDOWN_SENT}, exactly: 1}";
    story.passes(sent);
    story.passes("associations: {at: client, where: {peer-rwnd: 1500}, exactly: 2}");
    let failed =
        story.fails("associations: {at: client, where: {state: SCTP_CLOSED}, at-least: 1}");
    assert_eq!(
        failed.seen,
        "0 seen; others: 1 with state=SCTP_ESTABLISHED, 1 with state=SCTP_SHUTDOWN_SENT"
    );
}

#[test]
fn a_state_holds_until_another_one_is_seen() {
    let mut story = Story::default();
    story.path("SCTP_INACTIVE");
    story.path("SCTP_ACTIVE");
    story.association("SCTP_ESTABLISHED");
    story.begins("connect");
    story.ends("connect", recording::Outcome::Done);
    // The path's state has not changed since.
    story.passes("paths: {at: client, where: {state: SCTP_ACTIVE}, after: connect, exactly: 1}");
    story.passes("paths: {at: client, where: {state: SCTP_INACTIVE}, after: connect, exactly: 0}");
    story.passes(
        "associations: {at: client, where: {state: SCTP_ESTABLISHED}, after: connect, exactly: 1}",
    );
    let failed = story
        .fails("paths: {at: client, where: {state: SCTP_INACTIVE}, after: connect, exactly: 1}");
    assert_eq!(failed.seen, "0 seen; others: 1 with state=SCTP_ACTIVE");
    // A later sample of the path counts alone.
    story.path("SCTP_INACTIVE");
    story.passes("paths: {at: client, where: {state: SCTP_ACTIVE}, after: connect, exactly: 0}");
}
