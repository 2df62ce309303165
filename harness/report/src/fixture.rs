//! Small recordings, built by hand.

use hand_made::{ByHand, Side, empty};
use recording::{Direction, Event, Fields, MessageId, Outcome, Recording, Time};
use wire::chunk::{CookieAck, CookieEcho, Data, Heartbeat, HeartbeatAck, Init, InitAck, Sack};
use wire::{Chunk, Parameter, Ppid, Ssn, StreamId, Tsn, VerificationTag};

pub(crate) const CLIENT_TAG: VerificationTag = VerificationTag(0xc11e_0001);
pub(crate) const SERVER_TAG: VerificationTag = VerificationTag(0x5e4e_0001);
/// The first TSN of the client, so close to the greatest TSN that the numbers wrap
/// around.
pub(crate) const CLIENT_TSN: Tsn = Tsn(u32::MAX - 1);
pub(crate) const SERVER_TSN: Tsn = Tsn(7000);
/// Delay of every packet, in microseconds.
pub(crate) const DELAY: u64 = 10_000;

/// Path and direction of a packet.
#[derive(Clone, Copy)]
pub(crate) enum Way {
    /// From the client, on path-a or path-b.
    ToServer(char),
    /// From the server, on path-a or path-b.
    ToClient(char),
}
pub(crate) use Way::{ToClient, ToServer};

/// Builds a recording of a client and a server with two paths. Times are in microseconds.
pub(crate) struct Story(pub(crate) Recording);

impl Story {
    pub(crate) fn new() -> Self {
        let mut recording = empty();
        recording.info.scenario = "test".into();
        recording.info.duration = Time::from_nanos(60_000_000_000);
        Self(recording)
    }

    /// A recording that begins with the four packets of the handshake.
    pub(crate) fn connected() -> Self {
        let mut story = Self::new();
        story.step(0, "connect client → server");
        story.arrives(1_000, ToServer('a'), init());
        story.arrives(11_000, ToClient('a'), init_ack());
        story.arrives(
            21_000,
            ToServer('a'),
            Chunk::CookieEcho(CookieEcho {
                cookie: "yum".into(),
            }),
        );
        story.arrives(31_000, ToClient('a'), Chunk::CookieAck(CookieAck));
        story
    }

    pub(crate) fn arrives(&mut self, at: u64, way: Way, chunk: impl Into<Chunk>) {
        let frame = frame(way, vec![chunk.into()]);
        self.captured(at, way, Direction::Out, frame.clone(), None);
        self.captured(at + DELAY, way, Direction::In, frame, None);
    }

    pub(crate) fn lost(&mut self, at: u64, way: Way, chunk: impl Into<Chunk>, fault: Option<&str>) {
        self.captured(
            at,
            way,
            Direction::Out,
            frame(way, vec![chunk.into()]),
            fault,
        );
    }

    pub(crate) fn captured(
        &mut self,
        at: u64,
        way: Way,
        direction: Direction,
        frame: Vec<u8>,
        fault: Option<&str>,
    ) {
        let (path, sender) = ends(way);
        let side = match direction {
            Direction::Out => sender,
            Direction::In => sender.other(),
        };
        let at = Time::from_nanos(at * 1000);
        self.0
            .packet(at, side.interface(path), direction, frame, fault);
    }

    /// Adds a step that changes something.
    pub(crate) fn step(&mut self, at: u64, words: &str) {
        self.step_that(true, at, words);
    }

    /// Adds a step that waits or observes.
    pub(crate) fn wait(&mut self, at: u64, words: &str) {
        self.step_that(false, at, words);
    }

    fn step_that(&mut self, acts: bool, at: u64, words: &str) {
        self.event(
            at,
            Event::StepStarted {
                step: words.into(),
                words: words.into(),
                acts,
            },
        );
        self.event(
            at,
            Event::StepEnded {
                step: words.into(),
                outcome: Outcome::Done,
            },
        );
    }

    pub(crate) fn notified(&mut self, at: u64, endpoint: &str, name: &str) {
        self.event(
            at,
            Event::Notification {
                endpoint: endpoint.into(),
                association: Some("client-server".into()),
                name: name.into(),
                fields: Fields::default(),
            },
        );
    }

    pub(crate) fn event(&mut self, at: u64, event: Event) {
        self.0.event(Time::from_nanos(at * 1000), event);
    }

    /// Adds DATA and its SACK with their delays: message `number` of the ticker.
    pub(crate) fn exchange(&mut self, at: u64, path: char, number: u32) {
        self.arrives(at, ToServer(path), ticker(number));
        self.arrives(at + DELAY, ToClient(path), sack(number));
    }

    pub(crate) fn heartbeat(&mut self, at: u64, path: char) {
        let info = bytes::Bytes::copy_from_slice(&at.to_be_bytes());
        self.arrives(at, ToServer(path), Heartbeat { info: info.clone() });
        self.arrives(at + DELAY, ToClient(path), HeartbeatAck { info });
    }
}

/// The path of a packet, and its sender.
fn ends(way: Way) -> (u8, Side) {
    let (path, side) = match way {
        ToServer(path) => (path, Side::Client),
        ToClient(path) => (path, Side::Server),
    };
    (1 + u8::from(path == 'b'), side)
}

pub(crate) fn frame(way: Way, chunks: Vec<Chunk>) -> Vec<u8> {
    let (path, side) = ends(way);
    let (ports, tag) = match side {
        Side::Client => ([5000, 5001], SERVER_TAG),
        Side::Server => ([5001, 5000], CLIENT_TAG),
    };
    let tag = match chunks.first() {
        Some(Chunk::Init(_)) => 0,
        _ => tag.0,
    };
    hand_made::frame(path, side, ports, tag, chunks)
}

pub(crate) fn init() -> Init {
    Init {
        initiate_tag: CLIENT_TAG,
        a_rwnd: 106_496,
        outbound_streams: 10,
        inbound_streams: 2048,
        initial_tsn: CLIENT_TSN,
        parameters: vec![
            Parameter::Ipv4Address([10, 0, 1, 1].into()),
            Parameter::Ipv4Address([10, 0, 2, 1].into()),
        ],
    }
}

pub(crate) fn init_ack() -> InitAck {
    InitAck {
        initiate_tag: SERVER_TAG,
        a_rwnd: 106_496,
        outbound_streams: 10,
        inbound_streams: 10,
        initial_tsn: SERVER_TSN,
        parameters: vec![
            Parameter::Ipv4Address([10, 0, 1, 2].into()),
            Parameter::Ipv4Address([10, 0, 2, 2].into()),
        ],
    }
}

/// Message `number` of the ticker, from 1.
pub(crate) fn ticker(number: u32) -> Data {
    let id = MessageId {
        sender: "client".into(),
        step: "ticker".into(),
        number: number.into(),
    };
    Data {
        immediate: false,
        unordered: false,
        beginning: true,
        ending: true,
        tsn: CLIENT_TSN + (number - 1),
        stream: StreamId(0),
        ssn: Ssn(0),
        ppid: Ppid(0),
        payload: id.payload(100).into(),
    }
}

/// A SACK for all messages of the ticker up to `number`.
pub(crate) fn sack(number: u32) -> Sack {
    Sack {
        cumulative_tsn_ack: CLIENT_TSN + (number - 1),
        a_rwnd: 106_496,
        gap_ack_blocks: vec![],
        duplicate_tsns: vec![],
    }
}
