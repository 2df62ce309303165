//! Findings about payloads and PPIDs.

use wire::Ppid;

use crate::story::{CLIENT, S, SERVER, Story, data_of, sack};

/// An NGSetup request, and the response to it.
const REQUEST: [u8; 4] = [0x00, 21, 0x00, 0];
const RESPONSE: [u8; 4] = [0x20, 21, 0x00, 0];

fn ngap(ppid: Ppid) -> Story {
    let mut story = Story::new();
    story.ports[SERVER] = 38_412;
    story.set_up();
    story.send(CLIENT, 1, vec![data_of(1, ppid, REQUEST.into())]);
    story.send(SERVER, 1, vec![sack(1), data_of(1, ppid, RESPONSE.into())]);
    story.send(CLIENT, 1, vec![sack(1)]);
    story
}

#[test]
fn identifiers_that_are_turned_round_or_missing() {
    assert!(ngap(Ppid(60)).found().is_empty());
    assert_eq!(ngap(Ppid(60 << 24)).found(), ["ppid-turned-round"]);
    assert_eq!(ngap(Ppid(0)).found(), ["ppid-missing"]);
    let mut story = Story::up();
    story.send(CLIENT, 1, vec![data_of(1, Ppid(0), REQUEST.into())]);
    assert!(story.found().is_empty(), "no protocol is due on this port");
    // By chance, the kernel chose a port for the client that is registered for a protocol.
    let mut story = Story::new();
    story.ports[CLIENT] = 36_422;
    story.set_up();
    story.send(CLIENT, 1, vec![data_of(1, Ppid(0), REQUEST.into())]);
    story.send(SERVER, 1, vec![sack(1)]);
    assert_eq!(story.found(), [""; 0]);
}

#[test]
fn requests_are_told_with_the_time_to_their_answers() {
    let page = ngap(Ppid(60)).page();
    let told = "→ NGAP NGSetup × 1, answered in 1.00 ms";
    assert!(page.contains(told), "{page}");
}

#[test]
fn an_association_that_moves_no_data() {
    let heartbeats = |data: bool| {
        let mut story = Story::up();
        if data {
            story.exchange(CLIENT, 1, 1);
        }
        for _ in 0..4 {
            story.wait(30 * S).heartbeat(CLIENT, 1, true);
        }
        story.found()
    };
    assert_eq!(heartbeats(false), ["no-data"]);
    assert!(heartbeats(true).is_empty());
}
