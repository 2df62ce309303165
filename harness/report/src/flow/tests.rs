//! Tests of the associations that are learnt from packets.

use super::*;
use crate::fixture::{
    CLIENT_TAG, CLIENT_TSN, SERVER_TAG, SERVER_TSN, init, init_ack, sack, ticker,
};

const CLIENT: Host = Host(0);
const SERVER: Host = Host(1);
const PATH_A: Link = Link(0);
const PATH_B: Link = Link(1);

/// A packet from either side, with its ports.
fn packet(from: Host, tag: VerificationTag, chunk: impl Into<Chunk>) -> Packet {
    let (source, destination) = if from == SERVER { (2, 1) } else { (1, 2) };
    Packet::new(source, destination, tag, vec![chunk.into()])
}

/// The direction of a packet between client and server, or across a router.
fn way(from: Host, link: Link) -> Way {
    let addresses = [[10, 0, 1, 1], [10, 0, 1, 2]].map(IpAddr::from);
    Way {
        from,
        to: if from == CLIENT { SERVER } else { CLIENT },
        link,
        addresses: Some(match from {
            SERVER => (addresses[1], addresses[0]),
            _ => (addresses[0], addresses[1]),
        }),
    }
}

fn take_in(
    flows: &mut Flows,
    from: Host,
    link: Link,
    tag: VerificationTag,
    chunk: impl Into<Chunk>,
) -> (Origin, Vec<Again>) {
    flows.take_in(&packet(from, tag, chunk), way(from, link))
}

fn after_handshake() -> Flows {
    let mut flows = Flows::default();
    take_in(&mut flows, CLIENT, PATH_A, VerificationTag(0), init());
    take_in(&mut flows, SERVER, PATH_A, CLIENT_TAG, init_ack());
    flows
}

#[test]
fn the_handshake_says_where_both_sides_begin() {
    let mut flows = after_handshake();
    let (to_server, _) = take_in(&mut flows, CLIENT, PATH_A, SERVER_TAG, ticker(1));
    assert_eq!(
        to_server,
        Origin {
            sender: Some(CLIENT_TSN),
            receiver: Some(SERVER_TSN),
            tag_of: Some(SERVER),
            association: 1,
        }
    );
    let (to_client, _) = take_in(&mut flows, SERVER, PATH_A, CLIENT_TAG, sack(1));
    assert_eq!(to_client.receiver, Some(CLIENT_TSN));
    assert_eq!(to_client.tag_of, Some(CLIENT));
}

#[test]
fn of_two_answers_the_one_whose_cookie_comes_back_counts() {
    let mut flows = after_handshake();
    let mut second = init_ack();
    second.initiate_tag = VerificationTag(2);
    second.initial_tsn = Tsn(9000);
    take_in(&mut flows, SERVER, PATH_A, CLIENT_TAG, second);
    let cookie = wire::chunk::CookieEcho {
        cookie: "yum".into(),
    };
    take_in(&mut flows, CLIENT, PATH_A, SERVER_TAG, cookie);
    let (to_client, _) = take_in(&mut flows, SERVER, PATH_A, CLIENT_TAG, sack(1));
    assert_eq!(to_client.sender, Some(SERVER_TSN));
}

#[test]
fn what_a_router_passes_on_is_not_sent_again() {
    const ROUTER: Host = Host(2);
    let mut flows = after_handshake();
    let mut seen = |from, link| {
        let (_, again) = take_in(&mut flows, from, link, SERVER_TAG, ticker(1));
        again.first().map(|it| it.before)
    };
    assert_eq!(seen(CLIENT, PATH_A), None);
    assert_eq!(seen(ROUTER, PATH_B), None);
    assert_eq!(seen(CLIENT, PATH_A), Some(Some(PATH_A)));
}

#[test]
fn data_that_was_sent_before_is_told_from_new_data() {
    let mut flows = after_handshake();
    let mut send = |number, link| {
        let (_, again) = take_in(&mut flows, CLIENT, link, SERVER_TAG, ticker(number));
        again.first().map(|it| it.before)
    };
    assert_eq!(send(1, PATH_A), None);
    assert_eq!(send(2, PATH_A), None);
    assert_eq!(send(1, PATH_B), Some(Some(PATH_A)));
    assert_eq!(send(1, PATH_B), Some(Some(PATH_B)));
    assert_eq!(send(3, PATH_B), None);
}

#[test]
fn a_second_association_gets_a_number_of_its_own() {
    let mut flows = after_handshake();
    let mut other = init();
    other.initiate_tag = VerificationTag(77);
    take_in(&mut flows, CLIENT, PATH_A, VerificationTag(0), other);
    let (answer, _) = take_in(&mut flows, SERVER, PATH_A, VerificationTag(77), init_ack());
    assert_eq!(answer.association, 2);
}

#[test]
fn a_flood_of_tags_is_not_remembered_for_ever() {
    let mut flows = Flows::default();
    for tag in 0..3 * REMEMBERED as u32 {
        take_in(&mut flows, CLIENT, PATH_A, VerificationTag(tag), ticker(1));
    }
    assert_eq!(flows.by_key.len(), REMEMBERED);
    assert_eq!(flows.in_order.len(), REMEMBERED);
}

fn init_of(tag: u32, tsn: u32) -> Init {
    let mut init = init();
    init.initiate_tag = VerificationTag(tag);
    init.initial_tsn = Tsn(tsn);
    init
}

fn answer_of(tag: u32, tsn: u32) -> InitAck {
    let mut ack = init_ack();
    ack.initiate_tag = VerificationTag(tag);
    ack.initial_tsn = Tsn(tsn);
    ack
}

fn cookie() -> wire::chunk::CookieEcho {
    wire::chunk::CookieEcho {
        cookie: "yum".into(),
    }
}

/// RFC 9260, section 5.2.1. The server's first INIT ACK arrives after the association has
/// come up by the server's own INIT, and is not answered.
#[test]
fn an_answer_that_comes_after_the_collision_was_settled_changes_nothing() {
    let mut flows = Flows::default();
    let none = VerificationTag(0);
    let (first, _) = take_in(&mut flows, CLIENT, PATH_A, none, init_of(1, 100));
    assert_eq!(first.association, 1);
    let (calls_back, _) = take_in(&mut flows, SERVER, PATH_A, none, init_of(2, 200));
    assert_eq!(calls_back.association, 1, "one association comes of both");
    let to_client = VerificationTag(1);
    take_in(
        &mut flows,
        CLIENT,
        PATH_A,
        VerificationTag(2),
        answer_of(1, 100),
    );
    take_in(&mut flows, SERVER, PATH_A, to_client, cookie());
    take_in(&mut flows, SERVER, PATH_A, to_client, answer_of(3, 300));
    let (sent, _) = take_in(&mut flows, SERVER, PATH_A, to_client, ticker(1));
    assert_eq!(sent.sender, Some(Tsn(200)));
    assert_eq!(sent.receiver, Some(Tsn(100)));
    let (sent, _) = take_in(&mut flows, CLIENT, PATH_A, VerificationTag(2), ticker(1));
    assert_eq!(
        (sent.sender, sent.receiver),
        (Some(Tsn(100)), Some(Tsn(200)))
    );
    assert_eq!(sent.association, 1);
}

#[test]
fn who_calls_again_after_the_association_came_up_begins_another_one() {
    let mut flows = after_handshake();
    take_in(&mut flows, CLIENT, PATH_A, SERVER_TAG, cookie());
    let none = VerificationTag(0);
    let (restart, _) = take_in(&mut flows, CLIENT, PATH_A, none, init_of(9, 900));
    assert_eq!(restart.association, 2);
    take_in(
        &mut flows,
        SERVER,
        PATH_A,
        VerificationTag(9),
        answer_of(8, 800),
    );
    take_in(&mut flows, CLIENT, PATH_A, VerificationTag(8), cookie());
    let (sent, _) = take_in(&mut flows, CLIENT, PATH_A, VerificationTag(8), ticker(1));
    assert_eq!(
        (sent.sender, sent.receiver),
        (Some(Tsn(900)), Some(Tsn(800)))
    );
    let (old, _) = take_in(&mut flows, CLIENT, PATH_A, SERVER_TAG, ticker(1));
    assert_eq!((old.sender, old.association), (Some(CLIENT_TSN), 1));
}

#[test]
fn equal_tags_between_other_hosts_are_other_flows() {
    const OTHER: Host = Host(2);
    let mut flows = Flows::new(true);
    let mut again = |to| {
        let way = Way {
            to,
            ..way(CLIENT, PATH_A)
        };
        let (_, again) = flows.take_in(&packet(CLIENT, SERVER_TAG, ticker(1)), way);
        again.len()
    };
    assert_eq!([again(SERVER), again(OTHER), again(SERVER)], [0, 0, 1]);
}

/// RFC 9260 section 8.4: the tag of an ABORT may be that of the packet that the ABORT
/// answers.
#[test]
fn a_reflected_tag_is_known_behind_a_box_that_changes_ports() {
    let mut flows = after_handshake();
    let abort = Chunk::Abort(wire::chunk::Abort {
        tag_reflected: true,
        causes: Vec::new(),
    });
    let mut aborted = |tag| {
        let packet = Packet::new(2, 40001, tag, vec![abort.clone()]);
        flows.take_in(&packet, way(SERVER, PATH_A)).0
    };
    assert_eq!(aborted(SERVER_TAG).tag_of, Some(SERVER));
    assert_eq!(aborted(VerificationTag(99)).tag_of, None);
}
