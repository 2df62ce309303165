//! Assigns packets to the associations that a recording declares.
#![allow(clippy::unwrap_used)]

use std::net::IpAddr;

use hand_made::{ByHand, empty};
use recording::{
    AssociationEnd, Associations, Chosen, Direction, Event, Recording, Time, TransportAddresses,
};
use wire::chunk::{Abort, CookieAck, CookieEcho, Init, InitAck, ShutdownAck};
use wire::frame::Envelope;
use wire::{Chunk, Tsn, VerificationTag};

const CLIENT: ([u8; 4], u16) = ([10, 0, 1, 1], 40_000);
const SERVER: ([u8; 4], u16) = ([10, 0, 1, 2], 5000);

/// A recording made by hand, with one event per microsecond.
struct Story {
    made: Recording,
    at: u64,
}

impl Default for Story {
    fn default() -> Self {
        Self {
            made: empty(),
            at: 0,
        }
    }
}

impl Story {
    fn now(&mut self) -> Time {
        self.at += 1000;
        Time::from_nanos(self.at)
    }

    fn begins(&mut self, endpoint: &str, association: &str, local: ([u8; 4], u16)) {
        let remote = if local == CLIENT { SERVER } else { CLIENT };
        let at = self.now();
        let event = Event::AssociationBegun(end(endpoint, association, local, remote));
        self.made.event(at, event);
    }

    /// The lab finds an association of a program.
    fn is_found(&mut self, endpoint: &str, association: &str, local: ([u8; 4], u16)) {
        let remote = if local == CLIENT { SERVER } else { CLIENT };
        let at = self.now();
        let mut end = end(endpoint, association, local, remote);
        end.found = true;
        self.made.event(at, Event::AssociationBegun(end));
    }

    fn sends(&mut self, from: ([u8; 4], u16), packet: &wire::Packet) {
        let to = if from == CLIENT { SERVER } else { CLIENT };
        let at = self.now();
        let frame = Envelope::new(from.0.into(), to.0.into())
            .encode(packet)
            .unwrap();
        self.made.packet(at, 0, Direction::Out, frame, None);
    }

    fn recording(self) -> Recording {
        self.made
    }
}

fn end(
    endpoint: &str,
    association: &str,
    local: ([u8; 4], u16),
    remote: ([u8; 4], u16),
) -> AssociationEnd {
    let transport = |(address, port): ([u8; 4], u16)| TransportAddresses {
        port,
        addresses: vec![IpAddr::from(address)],
    };
    let peer = if endpoint == "client" {
        "server"
    } else {
        "client"
    };
    AssociationEnd {
        endpoint: endpoint.into(),
        association: association.into(),
        peer: Some(peer.into()),
        id: Some(1),
        local: transport(local),
        remote: transport(remote),
        chosen: None,
        offered: Vec::new(),
        found: false,
    }
}

fn packet(from: ([u8; 4], u16), tag: u32, chunk: impl Into<Chunk>) -> wire::Packet {
    let to = if from == CLIENT { SERVER } else { CLIENT };
    wire::Packet::new(from.1, to.1, VerificationTag(tag), vec![chunk.into()])
}

fn init(tag: u32, tsn: u32) -> Init {
    Init {
        initiate_tag: VerificationTag(tag),
        a_rwnd: 65_536,
        outbound_streams: 1,
        inbound_streams: 1,
        initial_tsn: Tsn(tsn),
        parameters: Vec::new(),
    }
}

fn init_ack(tag: u32, tsn: u32) -> InitAck {
    let Init {
        initiate_tag,
        a_rwnd,
        outbound_streams,
        inbound_streams,
        initial_tsn,
        parameters,
    } = init(tag, tsn);
    InitAck {
        initiate_tag,
        a_rwnd,
        outbound_streams,
        inbound_streams,
        initial_tsn,
        parameters,
    }
}

fn cookie() -> CookieEcho {
    CookieEcho {
        cookie: vec![1, 2, 3, 4].into(),
    }
}

fn chosen(tag: u32, tsn: u32) -> Chosen {
    Chosen {
        verification_tag: VerificationTag(tag),
        initial_tsn: Tsn(tsn),
    }
}

/// The association and the sender of a packet, according to the recording.
fn flow(associations: &Associations, packet: &wire::Packet) -> Option<(String, String)> {
    let flow = associations.flow_of(packet)?;
    let sender = flow.sender.endpoint.unwrap_or("?");
    Some((flow.association.to_string(), sender.to_owned()))
}

fn is(association: &str, sender: &str) -> Option<(String, String)> {
    Some((association.to_owned(), sender.to_owned()))
}

#[test]
fn an_init_that_nobody_answers_belongs_to_the_association_that_it_was_to_begin() {
    let mut story = Story::default();
    story.begins("client", "client-server", CLIENT);
    let unanswered = packet(CLIENT, 0, init(1, 100));
    story.sends(CLIENT, &unanswered);
    let mut recording = story.recording();
    let associations = Associations::of(&recording);
    assert_eq!(
        flow(&associations, &unanswered),
        is("client-server", "client")
    );
    recording.tell_choices();
    let Event::AssociationBegun(end) = &recording.observations[0].event else {
        panic!("{:?}", recording.observations);
    };
    assert_eq!((end.chosen, end.offered.len()), (Some(chosen(1, 100)), 0));
}

#[test]
fn an_init_belongs_to_the_association_that_is_found_after_it() {
    let mut story = Story::default();
    let first = packet(CLIENT, 0, init(1, 100));
    story.sends(CLIENT, &first);
    story.is_found("client", "client-server", CLIENT);
    story.sends(CLIENT, &first);
    // The program calls again from the same port.
    let second = packet(CLIENT, 0, init(2, 200));
    story.sends(CLIENT, &second);
    story.is_found("client", "client-server#2", CLIENT);
    let associations = Associations::of(&story.recording());
    assert_eq!(flow(&associations, &first), is("client-server", "client"));
    assert_eq!(
        flow(&associations, &second),
        is("client-server#2", "client")
    );
}

#[test]
fn an_init_does_not_belong_to_an_association_that_begins_after_it() {
    let mut story = Story::default();
    let forged = packet(CLIENT, 0, init(1, 100));
    story.sends(CLIENT, &forged);
    story.begins("client", "client-server", CLIENT);
    let own = packet(CLIENT, 0, init(2, 200));
    story.sends(CLIENT, &own);
    let associations = Associations::of(&story.recording());
    assert_eq!(flow(&associations, &own), is("client-server", "client"));
    let base = "10.0.1.1:40000-10.0.1.2:5000";
    assert_eq!(flow(&associations, &forged), is(base, "?"));
}

#[test]
fn of_several_init_acks_the_one_whose_cookie_comes_back_counts() {
    let mut story = Story::default();
    story.begins("client", "client-server", CLIENT);
    story.sends(CLIENT, &packet(CLIENT, 0, init(1, 100)));
    story.sends(SERVER, &packet(SERVER, 1, init_ack(2, 200)));
    story.sends(SERVER, &packet(SERVER, 1, init_ack(3, 300)));
    story.sends(CLIENT, &packet(CLIENT, 2, cookie()));
    let associations = Associations::of(&story.recording());
    let answer = packet(SERVER, 1, CookieAck);
    let back = associations.flow_of(&answer).unwrap();
    assert_eq!(back.sender.endpoint, Some("server"));
    assert_eq!(back.sender.chosen, Some(chosen(2, 200)));
    assert_eq!(back.receiver.initial_tsn(), Some(Tsn(100)));
    // Packets with the other tag are assigned, too.
    let late = packet(CLIENT, 3, cookie());
    assert_eq!(flow(&associations, &late), is("client-server", "client"));
}

#[test]
fn a_peer_that_comes_back_with_the_same_ports_has_another_association() {
    let mut story = Story::default();
    for (name, tags) in [("client-server", [1, 2]), ("client-server#2", [3, 4])] {
        story.begins("client", name, CLIENT);
        story.sends(CLIENT, &packet(CLIENT, 0, init(tags[0], 100)));
        story.sends(SERVER, &packet(SERVER, tags[0], init_ack(tags[1], 200)));
        story.sends(CLIENT, &packet(CLIENT, tags[1], cookie()));
    }
    let associations = Associations::of(&story.recording());
    for (tag, name) in [(2, "client-server"), (4, "client-server#2")] {
        let data = packet(CLIENT, tag, CookieAck);
        assert_eq!(flow(&associations, &data), is(name, "client"));
    }
}

#[test]
fn two_inits_that_cross_belong_to_one_association() {
    let mut story = Story::default();
    story.begins("client", "client-server", CLIENT);
    story.begins("server", "client-server", SERVER);
    let inits = [
        packet(CLIENT, 0, init(1, 100)),
        packet(SERVER, 0, init(2, 200)),
    ];
    story.sends(CLIENT, &inits[0]);
    story.sends(SERVER, &inits[1]);
    let associations = Associations::of(&story.recording());
    assert_eq!(
        flow(&associations, &inits[0]),
        is("client-server", "client")
    );
    assert_eq!(
        flow(&associations, &inits[1]),
        is("client-server", "server")
    );
}

#[test]
fn an_abort_with_the_t_bit_bears_the_tag_of_its_sender() {
    let mut story = Story::default();
    story.begins("client", "client-server", CLIENT);
    story.sends(CLIENT, &packet(CLIENT, 0, init(1, 100)));
    story.sends(SERVER, &packet(SERVER, 1, init_ack(2, 200)));
    let associations = Associations::of(&story.recording());
    let abort = |tag_reflected| Abort {
        tag_reflected,
        causes: Vec::new(),
    };
    let reflected = packet(SERVER, 2, abort(true));
    assert_eq!(
        flow(&associations, &reflected),
        is("client-server", "server")
    );
    let own = packet(SERVER, 1, abort(false));
    assert_eq!(flow(&associations, &own), is("client-server", "server"));
}

#[test]
fn packets_of_nobody_have_no_association() {
    let mut story = Story::default();
    story.begins("client", "client-server", CLIENT);
    story.sends(CLIENT, &packet(CLIENT, 0, init(1, 100)));
    let associations = Associations::of(&story.recording());
    assert_eq!(flow(&associations, &packet(SERVER, 9, ShutdownAck)), None);
}

#[test]
fn without_a_declaration_associations_are_called_by_their_transport_addresses() {
    let mut story = Story::default();
    for tags in [[1, 2], [3, 4]] {
        story.sends(CLIENT, &packet(CLIENT, 0, init(tags[0], 100)));
        story.sends(SERVER, &packet(SERVER, tags[0], init_ack(tags[1], 200)));
        story.sends(CLIENT, &packet(CLIENT, tags[1], cookie()));
    }
    let associations = Associations::of(&story.recording());
    let names: Vec<String> = associations.names().map(ToString::to_string).collect();
    let pair = "10.0.1.1:40000-10.0.1.2:5000";
    assert_eq!(names, [pair.to_owned(), format!("{pair}#2")]);
    let data = packet(CLIENT, 4, CookieAck);
    let flow = associations.flow_of(&data).unwrap();
    assert_eq!(
        (flow.association.as_str(), flow.sender.endpoint),
        (names[1].as_str(), None)
    );
}
