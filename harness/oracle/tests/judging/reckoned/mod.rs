//! Bounds of small recordings, each worked out by hand from the rule of the RFC or of the
//! stack. Times are in milliseconds. Linux's timers may be late by an eighth of their
//! length and 10 ms, and a notification is read within 50 ms.

mod addresses;
mod ended;
mod failover;
mod in_vain;
mod init;
mod mutated;
mod program;
mod requests;
mod shutdown;

use std::time::Duration;

use ::hand_made::{ByHand, Side, empty, frame, ms};
use bounds::Timing;
use oracle::{Amount, Judgement, Result, judge};
use recording::{
    AssociationEnd, Direction, Engine, Event, Fields, Outcome, PathSample, Recording,
    TransportAddresses,
};
use wire::chunk::{
    AsconfAck, CookieAck, CookieEcho, Data, Heartbeat, HeartbeatAck, Init, InitAck, ReConfig, Sack,
};
use wire::parameter::{AddStreams, ReconfigResponse, ReconfigResult};
use wire::{Chunk, Parameter, Ppid, Ssn, StreamId, Tsn, VerificationTag};

const CLIENT_TAG: u32 = 1;
const SERVER_TAG: u32 = 2;

/// The client's association is up at 10, with RTO.Min 100, RTO.Max 400, HB.interval 10 s,
/// Path.Max.Retrans 2, PotentiallyFailed.Max.Retrans 0, Association.Max.Retrans 4. The RTO
/// of both paths is 100. Both cables are cut at 500.
struct Story {
    made: Recording,
    /// The steps before the expectation: lines of YAML.
    steps: &'static str,
    expect: &'static str,
    /// The client's entry in `endpoints`: a socket or a program.
    client: &'static str,
}

const SOCKET: &str = "{node: client, subscribe: all}";

const CUT: &str = "  - connect: {from: client, to: server}\n  \
                   - cut: {link: path-a}\n  \
                   - cut: {link: path-b}\n";

const UNREACHABLE: &str = "notification: peer-addr-change, address: 10.0.1.2, state: \
                           unreachable, within: failover-bound";
const AVAILABLE: &str = "notification: peer-addr-change, address: 10.0.1.2, state: \
                         available, within: heartbeat-bound";
const LOST: &str = "notification: assoc-change, state: comm-lost, within: association-bound";

impl Story {
    fn of(expect: &'static str) -> Self {
        let mut story = Self::new(CUT, expect);
        story.comes_up();
        story.step(500, "cut");
        story.step(500, "cut-2");
        story.waits(500);
        story
    }

    fn new(steps: &'static str, expect: &'static str) -> Self {
        let made = empty();
        Self {
            made,
            steps,
            expect,
            client: SOCKET,
        }
    }

    fn comes_up(&mut self) {
        self.step(0, "connect");
        self.begins();
        self.timers(0, 100, 400);
        for path in [1, 2] {
            self.path(0, path, 100, "SCTP_ACTIVE", 0);
        }
        self.set_up();
    }

    /// Waits for the event from this time on.
    fn waits(&mut self, at: u64) {
        self.event(
            at,
            Event::StepStarted {
                step: "it".into(),
                words: "it".into(),
                acts: false,
            },
        );
    }

    fn event(&mut self, at: u64, event: Event) {
        self.made.event(ms(at), event);
    }

    fn step(&mut self, at: u64, step: &str) {
        let words = step.into();
        let step: String = step.into();
        self.event(
            at,
            Event::StepStarted {
                step: step.clone(),
                words,
                acts: true,
            },
        );
        let outcome = Outcome::Done;
        self.event(at, Event::StepEnded { step, outcome });
    }

    fn begins(&mut self) {
        self.begun(0, false);
    }

    /// The association has begun, by the endpoint's own word, or because the lab found it in
    /// the kernel.
    fn begun(&mut self, at: u64, found: bool) {
        let transport = |side: Side| TransportAddresses {
            port: 5000,
            addresses: vec![side.address(1), side.address(2)],
        };
        let end = AssociationEnd {
            endpoint: "client".into(),
            association: "client-server".into(),
            peer: Some("server".into()),
            id: Some(1),
            local: transport(Side::Client),
            remote: transport(Side::Server),
            chosen: None,
            offered: Vec::new(),
            found,
        };
        self.event(at, Event::AssociationBegun(end));
    }

    /// The socket reports its timers.
    fn timers(&mut self, at: u64, min: u64, max: u64) {
        self.timing(at, Self::limits(min, max));
    }

    fn limits(min: u64, max: u64) -> Timing {
        Timing {
            rto_initial: Duration::from_millis(200),
            rto_min: Duration::from_millis(min),
            rto_max: Duration::from_millis(max),
            heartbeat_interval: Duration::from_secs(10),
            path_max_retrans: 2,
            potentially_failed: Some(0),
            association_max_retrans: 4,
            max_init_retransmits: 2,
            max_init_timeout: Duration::from_millis(500),
            ..Timing::DEFAULT
        }
    }

    fn timing(&mut self, at: u64, timers: Timing) {
        self.event(
            at,
            Event::Timers {
                endpoint: "client".into(),
                association: Some("client-server".into()),
                address: None,
                timers,
            },
        );
    }

    /// The kernel reports a path.
    fn path(&mut self, at: u64, path: u8, rto: u32, state: &str, errors: u32) {
        let sample = PathSample {
            address: Side::Server.address(path),
            primary: path == 1,
            state: state.into(),
            cwnd: 4380,
            srtt_ms: 20,
            rto_ms: rto,
            mtu: 1500,
            ssthresh: None,
            flight: None,
            error_count: Some(errors),
        };
        self.event(
            at,
            Event::Path {
                endpoint: "client".into(),
                association: "client-server".into(),
                sample,
            },
        );
    }

    fn set_up(&mut self) {
        let ack = InitAck {
            initiate_tag: VerificationTag(SERVER_TAG),
            a_rwnd: 100_000,
            outbound_streams: 10,
            inbound_streams: 10,
            initial_tsn: Tsn(1),
            parameters: Vec::new(),
        };
        let cookie = CookieEcho { cookie: "c".into() };
        self.calls(1, 1);
        self.gets(4, 1, ack);
        self.sends(5, 1, cookie);
        self.gets(10, 1, CookieAck);
    }

    /// An INIT leaves the client.
    fn calls(&mut self, at: u64, path: u8) {
        self.calls_from(5000, CLIENT_TAG, at, path);
    }

    /// An INIT leaves the client's node from this port, with this Initiate Tag.
    fn calls_from(&mut self, port: u16, tag: u32, at: u64, path: u8) {
        let init = Init {
            initiate_tag: VerificationTag(tag),
            a_rwnd: 100_000,
            outbound_streams: 10,
            inbound_streams: 10,
            initial_tsn: Tsn(1),
            parameters: Vec::new(),
        };
        let init = frame(path, Side::Client, [port, 5000], 0, vec![init.into()]);
        let interface = Side::Client.interface(path);
        self.made
            .packet(ms(at), interface, Direction::Out, init, None);
    }

    /// A packet leaves the client.
    fn sends(&mut self, at: u64, path: u8, chunk: impl Into<Chunk>) {
        let chunks = vec![chunk.into()];
        let frame = frame(path, Side::Client, [5000, 5000], SERVER_TAG, chunks);
        let interface = Side::Client.interface(path);
        self.made
            .packet(ms(at), interface, Direction::Out, frame, None);
    }

    /// A packet of the server comes in.
    fn gets(&mut self, at: u64, path: u8, chunk: impl Into<Chunk>) {
        let chunks = vec![chunk.into()];
        let frame = frame(path, Side::Server, [5000, 5000], CLIENT_TAG, chunks);
        let interface = Side::Client.interface(path);
        self.made
            .packet(ms(at), interface, Direction::In, frame, None);
    }

    /// Adds the event that was waited for.
    fn seen(&mut self, at: u64) {
        let observation = self.made.observations.len();
        self.event(
            at,
            Event::Notification {
                endpoint: "client".into(),
                association: Some("client-server".into()),
                name: "SCTP_PEER_ADDR_CHANGE".into(),
                fields: Fields::default(),
            },
        );
        self.event(
            at,
            Event::StepEnded {
                step: "it".into(),
                outcome: Outcome::Seen { observation },
            },
        );
    }

    /// The last sample of a path is the event that was waited for.
    fn becomes(&mut self, at: u64) {
        let is_path = |it: &recording::Observation| matches!(it.event, Event::Path { .. });
        let observation = self.made.observations.iter().rposition(is_path).unwrap();
        let step = "it".into();
        let outcome = Outcome::Seen { observation };
        self.event(at, Event::StepEnded { step, outcome });
    }

    /// The step ends without the event.
    fn never(&mut self, at: u64) {
        let step = "it".into();
        let outcome = Outcome::NotSeen;
        self.event(at, Event::StepEnded { step, outcome });
    }

    fn judged(&self) -> Judgement {
        let source = format!(
            "title: Reckoned by hand\n\
             nodes: [client, server]\n\
             links:\n  \
             path-a: {{client: 10.0.1.1/24, server: 10.0.1.2/24}}\n  \
             path-b: {{client: 10.0.2.1/24, server: 10.0.2.2/24}}\n\
             endpoints:\n  \
             server: {{node: server, listen: 5000}}\n  \
             client: {}\n\
             steps:\n{}  \
             - expect: {{at: client, {}, as: it}}\n",
            self.client, self.steps, self.expect
        );
        let scenario = scenario::parse("reckoned", &source).unwrap();
        let mut recording = self.made.clone();
        recording.scenario = source;
        let verdict = judge(&scenario, &recording);
        let it = verdict.judgements.into_iter().find(|it| it.name == "it");
        it.unwrap()
    }

    /// Asserts that the event is judged right, with these limits in tenths of a
    /// millisecond.
    #[track_caller]
    fn is_between(&self, least: u64, most: u64) {
        let judgement = self.judged();
        assert_eq!(judgement.result, Result::Passed, "{judgement:#?}");
        let number = |name: &str| {
            let number = judgement.numbers.iter().find(|it| it.name == name);
            match number.map(|it| it.value) {
                Some(Amount::Time(time)) => u64::try_from(time.as_micros() / 100).unwrap(),
                _ => panic!("{judgement:#?}"),
            }
        };
        let bound = (number("bound-least"), number("bound-most"));
        assert_eq!(bound, (least, most), "{judgement:#?}");
    }

    /// Asserts that the event is judged wrong, for this reason.
    #[track_caller]
    fn is_wrong(&self, why: &str) {
        let judgement = self.judged();
        assert_eq!(judgement.result, Result::Failed, "{judgement:#?}");
        assert!(judgement.seen.contains(why), "{judgement:#?}");
    }
}

fn data(tsn: u32) -> Data {
    Data {
        immediate: false,
        unordered: false,
        beginning: true,
        ending: true,
        tsn: Tsn(tsn),
        stream: StreamId(0),
        ssn: Ssn(0),
        ppid: Ppid(0),
        payload: "data".into(),
    }
}

fn sack(tsn: u32) -> Sack {
    Sack {
        cumulative_tsn_ack: Tsn(tsn),
        a_rwnd: 100_000,
        gap_ack_blocks: vec![],
        duplicate_tsns: vec![],
    }
}

fn heartbeat(info: &'static str) -> Heartbeat {
    Heartbeat { info: info.into() }
}

fn ask(request: u32) -> ReConfig {
    let more = AddStreams { request, count: 5 };
    ReConfig {
        parameters: vec![Parameter::AddOutgoingStreams(more)],
    }
}

fn done(response: u32) -> ReConfig {
    let done = ReconfigResponse {
        response,
        result: ReconfigResult::PERFORMED,
        next_tsns: None,
    };
    ReConfig {
        parameters: vec![Parameter::ReconfigurationResponse(done)],
    }
}

fn asconf() -> wire::chunk::Asconf {
    wire::chunk::Asconf {
        sequence_number: 9,
        address: Side::Client.address(1),
        parameters: Vec::new(),
    }
}
