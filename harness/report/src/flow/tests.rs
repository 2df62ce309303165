use super::*;
use crate::fixture::{
    CLIENT_TAG, CLIENT_TSN, SERVER_TAG, SERVER_TSN, init, init_ack, sack, ticker,
};

const CLIENT: Host = Host(0);
const SERVER: Host = Host(1);
const PATH_A: Link = Link(0);
const PATH_B: Link = Link(1);

fn packet(tag: VerificationTag, chunk: impl Into<Chunk>) -> Packet {
    Packet::new(1, 2, tag, vec![chunk.into()])
}

fn after_handshake() -> Flows {
    let mut flows = Flows::default();
    flows.take_in(&packet(VerificationTag(0), init()), CLIENT, PATH_A);
    flows.take_in(&packet(CLIENT_TAG, init_ack()), SERVER, PATH_A);
    flows
}

#[test]
fn the_handshake_says_where_both_sides_begin() {
    let mut flows = after_handshake();
    let (to_server, _) = flows.take_in(&packet(SERVER_TAG, ticker(1)), CLIENT, PATH_A);
    assert_eq!(
        to_server,
        Origin {
            sender: Some(CLIENT_TSN),
            receiver: Some(SERVER_TSN),
            tag_of: Some(SERVER),
            association: 1,
        }
    );
    let (to_client, _) = flows.take_in(&packet(CLIENT_TAG, sack(1)), SERVER, PATH_A);
    assert_eq!(to_client.receiver, Some(CLIENT_TSN));
    assert_eq!(to_client.tag_of, Some(CLIENT));
}

#[test]
fn of_two_answers_the_one_whose_cookie_comes_back_counts() {
    let mut flows = after_handshake();
    let mut second = init_ack();
    second.initiate_tag = VerificationTag(2);
    second.initial_tsn = Tsn(9000);
    flows.take_in(&packet(CLIENT_TAG, second), SERVER, PATH_A);
    let cookie = wire::chunk::CookieEcho {
        cookie: "yum".into(),
    };
    flows.take_in(&packet(SERVER_TAG, cookie), CLIENT, PATH_A);
    let (to_client, _) = flows.take_in(&packet(CLIENT_TAG, sack(1)), SERVER, PATH_A);
    assert_eq!(to_client.sender, Some(SERVER_TSN));
}

#[test]
fn what_a_router_passes_on_is_not_sent_again() {
    const ROUTER: Host = Host(2);
    let mut flows = after_handshake();
    let mut seen = |from, link| {
        let (_, again) = flows.take_in(&packet(SERVER_TAG, ticker(1)), from, link);
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
        let (_, again) = flows.take_in(&packet(SERVER_TAG, ticker(number)), CLIENT, link);
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
    flows.take_in(&packet(VerificationTag(0), other), CLIENT, PATH_A);
    let (answer, _) = flows.take_in(&packet(VerificationTag(77), init_ack()), SERVER, PATH_A);
    assert_eq!(answer.association, 2);
}

#[test]
fn a_flood_of_tags_is_not_remembered_for_ever() {
    let mut flows = Flows::default();
    for tag in 0..3 * REMEMBERED as u32 {
        flows.take_in(&packet(VerificationTag(tag), ticker(1)), CLIENT, PATH_A);
    }
    assert_eq!(flows.by_tag.len(), REMEMBERED);
    assert_eq!(flows.in_order.len(), REMEMBERED);
}
