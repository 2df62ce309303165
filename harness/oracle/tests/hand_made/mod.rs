//! A recording of a client and a server on one cable.

use oracle::{Judgement, Result, Verdict, judge};
use recording::{
    Direction, Ended, Engine, Event, FORMAT, Fields, Info, Interface, MessageId, Observation,
    Packet, PathSample, Recording, Time, Value,
};
use wire::frame::Envelope;
use wire::{Chunk, VerificationTag};

/// Who does something.
#[derive(Clone, Copy)]
pub(crate) enum Side {
    Client,
    Server,
}

/// What was seen, a millisecond between one thing and the next.
#[derive(Default)]
pub(crate) struct Story {
    packets: Vec<Packet>,
    observations: Vec<Observation>,
}

impl Story {
    pub(crate) fn packet(&mut self, from: Side, tag: u32, chunks: Vec<Chunk>) {
        let (client, server) = ([10, 0, 1, 1].into(), [10, 0, 1, 2].into());
        let (source, destination, interface) = match from {
            Side::Client => (client, server, 0),
            Side::Server => (server, client, 1),
        };
        let packet = wire::Packet::new(5000, 5000, VerificationTag(tag), chunks);
        self.packets.push(Packet {
            at: self.now(),
            interface,
            direction: Direction::Out,
            frame: Envelope::new(source, destination)
                .encode(&packet)
                .unwrap()
                .into(),
            fault: None,
        });
    }

    /// The last packet arrives at the other side.
    pub(crate) fn arrives(&mut self) {
        let sent = self.packets.last().unwrap().clone();
        self.packets.push(Packet {
            at: self.now(),
            interface: 1 - sent.interface,
            direction: Direction::In,
            ..sent
        });
    }

    pub(crate) fn received(&mut self, sender: &str, number: u64) {
        self.event(Event::Received {
            endpoint: "server".into(),
            message: Some(MessageId {
                sender: sender.into(),
                step: "send".into(),
                number,
            }),
            association: Some("client-server".into()),
            from: None,
            stream: 3,
            ssn: 0,
            ppid: 8,
            tsn: 1,
            size: 100,
            differs_at: None,
            ancillary: Fields::default(),
        });
    }

    pub(crate) fn called(&mut self, call: &str, result: std::result::Result<&str, &str>) {
        self.event(Event::Call {
            endpoint: "client".into(),
            call: call.into(),
            arguments: String::new(),
            result: result.map(str::to_owned).map_err(str::to_owned),
        });
    }

    pub(crate) fn path(&mut self, state: &str) {
        self.event(Event::Path {
            endpoint: "client".into(),
            association: "client-server".into(),
            sample: PathSample {
                address: [10, 0, 1, 2].into(),
                primary: true,
                state: state.into(),
                cwnd: 4380,
                srtt_ms: 20,
                rto_ms: 1000,
                mtu: 1500,
                ssthresh: None,
                flight: None,
                error_count: None,
            },
        });
    }

    pub(crate) fn comm_up(&mut self, outbound_streams: i64) {
        self.event(Event::Notification {
            endpoint: "client".into(),
            association: Some("client-server".into()),
            name: "SCTP_ASSOC_CHANGE".into(),
            fields: Fields(vec![
                ("sac_state".into(), Value::Text("SCTP_COMM_UP".into())),
                (
                    "sac_outbound_streams".into(),
                    Value::Number(outbound_streams),
                ),
            ]),
        });
    }

    #[track_caller]
    pub(crate) fn passes(&self, assertion: &str) {
        let judgement = self.judged(assertion);
        assert_eq!(judgement.result, Result::Passed, "{judgement:#?}");
    }

    #[track_caller]
    pub(crate) fn fails(&self, assertion: &str) -> Judgement {
        let judgement = self.judged(assertion);
        assert_eq!(judgement.result, Result::Failed, "{judgement:#?}");
        judgement
    }

    pub(crate) fn lacking(&self, capability: &str) -> Verdict {
        let ended = Ended::Lacking {
            capability: capability.into(),
            saw: "nothing was there".into(),
        };
        self.verdict("chunks: {chunk: DATA, exactly: 0}", ended)
    }

    #[track_caller]
    fn judged(&self, assertion: &str) -> Judgement {
        let mut judgements = self.verdict(assertion, Ended::Complete).judgements;
        judgements.pop().unwrap()
    }

    pub(crate) fn begins(&mut self, step: &str) {
        self.event(Event::StepStarted {
            step: step.into(),
            words: step.into(),
            acts: false,
        });
    }

    #[track_caller]
    pub(crate) fn expects(&self, expectation: &str) -> Judgement {
        let source = BEFORE.replace("assert:\n", &format!("  - expect: {expectation}\n"));
        let mut judgements = self.judgements(source, Ended::Complete).judgements;
        judgements.pop().unwrap()
    }

    #[track_caller]
    fn verdict(&self, assertion: &str, ended: Ended) -> Verdict {
        self.judgements(format!("{BEFORE}  - {assertion}\n"), ended)
    }

    #[track_caller]
    fn judgements(&self, source: String, ended: Ended) -> Verdict {
        let scenario = scenario::parse("hand-made", &source).unwrap();
        let interface = |node: &str| Interface {
            node: node.into(),
            link: "path-a".into(),
        };
        let recording = Recording {
            info: Info {
                format: FORMAT,
                scenario: scenario.name.clone(),
                sabotage: None,
                engine: Engine::Vm,
                kernel: "Linux".into(),
                seed: None,
                exact: None,
                ended,
                duration: self.now(),
            },
            scenario: source,
            interfaces: vec![interface("client"), interface("server")],
            packets: self.packets.clone(),
            observations: self.observations.clone(),
        };
        judge(&scenario, &recording)
    }

    fn event(&mut self, event: Event) {
        let at = self.now();
        self.observations.push(Observation { at, event });
    }

    fn now(&self) -> Time {
        let things = self.packets.len() + self.observations.len();
        Time::from_nanos(things as u64 * 1_000_000)
    }
}

const BEFORE: &str = "\
title: Made by hand
nodes: [client, server]
links:
  path-a: {client: 10.0.1.1/24, server: 10.0.1.2/24}
endpoints:
  server: {node: server, listen: 5000, subscribe: all}
  client: {node: client, subscribe: all}
steps:
  - connect: {from: client, to: server}
  - send: {from: client, to: server, count: 3, size: 100}
assert:
";
