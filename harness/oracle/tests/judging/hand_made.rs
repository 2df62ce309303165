//! Recordings made by hand, of a client and a server with two cables.

pub(crate) use ::hand_made::Side;
use ::hand_made::{ByHand, empty, frame};
use oracle::{Amount, Judgement, Proof, Result, Verdict, fails_as_known, judge, proof};
use recording::{
    AssociationSample, Complaint, Direction, Ended, Event, Fields, MessageId, Outcome, PathSample,
    Recording, Time, Value,
};
use scenario::{Scenario, StepName};
use wire::Chunk;

/// The recorded events, one millisecond apart.
pub(crate) struct Story {
    made: Recording,
    /// Further lines of the scenario's `steps`.
    steps: String,
}

impl Default for Story {
    fn default() -> Self {
        Self {
            made: empty(),
            steps: String::new(),
        }
    }
}

impl Story {
    /// A packet on path-a.
    pub(crate) fn packet(&mut self, from: Side, tag: u32, chunks: Vec<Chunk>) {
        self.packet_on(1, from, tag, chunks);
    }

    /// A packet on a path: 1 is path-a, 2 is path-b.
    pub(crate) fn packet_on(&mut self, path: u8, from: Side, tag: u32, chunks: Vec<Chunk>) {
        let frame = frame(path, from, [5000, 5000], tag, chunks);
        self.frame(from.interface(path), frame);
    }

    /// Adds a frame that leaves a node.
    pub(crate) fn frame(&mut self, interface: usize, frame: Vec<u8>) {
        let at = self.now();
        self.made.packet(at, interface, Direction::Out, frame, None);
    }

    /// Lets a fault take the last packet.
    pub(crate) fn taken(&mut self, by: &str) {
        let last = self.made.packets.last_mut().unwrap();
        last.fault = Some(format!("dropped by `{by}`"));
    }

    /// Lets the last packet arrive at the other side.
    pub(crate) fn arrives(&mut self) {
        let at = self.now();
        let sent = self.made.packets.last().unwrap().clone();
        let frame = sent.frame.to_vec();
        let fault = sent.fault.as_deref();
        self.made
            .packet(at, sent.interface ^ 1, Direction::In, frame, fault);
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
        self.path_to([10, 0, 1, 2], state);
    }

    pub(crate) fn path_to(&mut self, address: [u8; 4], state: &str) {
        self.event(Event::Path {
            endpoint: "client".into(),
            association: "client-server".into(),
            sample: PathSample {
                address: address.into(),
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

    /// Adds a new state of the client's association, as its socket reports it.
    pub(crate) fn association(&mut self, state: &str) {
        self.event(Event::Association {
            endpoint: "client".into(),
            association: "client-server".into(),
            sample: AssociationSample {
                state: state.into(),
                peer_rwnd: 1500,
                unacknowledged: 0,
                pending: 0,
                queued: None,
                error_count: None,
            },
        });
    }

    /// Adds a notification to the client that its association has ended.
    pub(crate) fn association_ended(&mut self, state: &str) {
        self.event(Event::Notification {
            endpoint: "client".into(),
            association: Some("client-server".into()),
            name: "SCTP_ASSOC_CHANGE".into(),
            fields: Fields(vec![("sac_state".into(), Value::Text(state.into()))]),
        });
    }

    /// The client hands a message to its socket.
    pub(crate) fn sent(&mut self, number: u64) {
        self.event(Event::Sent {
            endpoint: "client".into(),
            to: "server".into(),
            association: Some("client-server".into()),
            step: "send".into(),
            number,
            size: 100,
            error: None,
        });
    }

    pub(crate) fn rule(&mut self, rule: &str, matched: u64, taken: u64) {
        self.event(Event::Rule {
            rule: rule.into(),
            matched,
            taken,
        });
    }

    /// Adds steps to the scenario after `connect` and `send`: lines of YAML.
    pub(crate) fn steps(&mut self, steps: &str) {
        self.steps = steps.to_owned();
    }

    pub(crate) fn ended(&mut self, ended: Ended) {
        self.made.info.ended = ended;
    }

    pub(crate) fn complained(&mut self, what: &str) {
        self.made.info.complaint = Some(Complaint {
            what: what.into(),
            log: format!("[    1.000000] {what}\n"),
        });
    }

    #[track_caller]
    pub(crate) fn not_reached(&self, assertion: &str) -> Judgement {
        let judgement = self.judged(assertion);
        assert_eq!(judgement.result, Result::NotReached, "{judgement:#?}");
        judgement
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
        let judgements = self.verdict(assertion, self.end()).judgements;
        let is_it = |it: &&Judgement| it.name == "it";
        judgements.iter().find(is_it).unwrap().clone()
    }

    fn end(&self) -> Ended {
        self.made.info.ended.clone()
    }

    pub(crate) fn begins(&mut self, step: &str) {
        self.event(Event::StepStarted {
            step: step.into(),
            words: step.into(),
            acts: false,
        });
    }

    pub(crate) fn ends(&mut self, step: &str, outcome: Outcome) {
        self.event(Event::StepEnded {
            step: step.into(),
            outcome,
        });
    }

    #[track_caller]
    pub(crate) fn expects(&self, expectation: &str) -> Judgement {
        let source = format!("{BEFORE}{}  - expect: {expectation}\n", self.steps);
        let judgements = self.judgements(source, self.end()).judgements;
        let is_it = |it: &&Judgement| it.name == "expect";
        judgements.iter().find(is_it).unwrap().clone()
    }

    /// The verdict on a scenario with this assertion alone, which is called `it`.
    #[track_caller]
    pub(crate) fn verdict(&self, assertion: &str, ended: Ended) -> Verdict {
        let named = assertion.strip_suffix('}').unwrap();
        let steps = &self.steps;
        self.judgements(
            format!("{BEFORE}{steps}assert:\n  - {named}, as: it}}\n"),
            ended,
        )
    }

    /// The numbers of this one measure.
    #[track_caller]
    pub(crate) fn measured(&self, measure: &str) -> Vec<Amount> {
        let source = format!(
            "{BEFORE}{}assert:\n  - chunks: {{chunk: ABORT, exactly: 0}}\n\
             measure:\n  - {measure}\n",
            self.steps
        );
        let (scenario, recording) = self.recorded(source, self.end());
        let numbers = oracle::measure(&scenario, &recording);
        numbers.into_iter().map(|it| it.value).collect()
    }

    /// The proof of the run under a sabotage by which the assertion must fail.
    #[track_caller]
    pub(crate) fn proof(&self, assertion: &str) -> Proof {
        let named = assertion.strip_suffix('}').unwrap();
        let source = format!(
            "{BEFORE}{}assert:\n  - {named}, as: it}}\n\
             sabotage:\n  - {{title: nothing, instead-of: send, fails: it}}\n",
            self.steps
        );
        let (scenario, recording) = self.recorded(source, self.end());
        proof(&scenario.sabotages[0], &judge(&scenario, &recording))
    }

    /// The proof of the run where the kernel is known to fail by the assertion. `other`
    /// is a further assertion.
    #[track_caller]
    pub(crate) fn fails_as_known(&self, assertion: &str, other: &str) -> Proof {
        let named = assertion.strip_suffix('}').unwrap();
        let source = format!(
            "{BEFORE}{}assert:\n  - {named}, as: it}}\n  - {other}\n\
             known-failures:\n  - {{kernel: Linux, fails: it, does: otherwise}}\n",
            self.steps
        );
        let (scenario, recording) = self.recorded(source, self.end());
        let known = scenario.known_failure_of("Linux 7.3").unwrap();
        fails_as_known(known, &judge(&scenario, &recording))
    }

    /// The proof of the run where the kernel is known to fail by both assertions.
    #[track_caller]
    pub(crate) fn fails_by_both(&self, assertion: &str, other: &str) -> Proof {
        let [one, other] = [assertion, other].map(|it| it.strip_suffix('}').unwrap());
        let source = format!(
            "{BEFORE}{}assert:\n  - {one}, as: it}}\n  - {other}, as: that}}\n\
             known-failures:\n  - {{kernel: Linux, fails: it, does: otherwise}}\n",
            self.steps
        );
        let (scenario, recording) = self.recorded(source, self.end());
        let mut known = scenario.known_failure_of("Linux 7.3").unwrap().clone();
        known.fails.push(StepName::new("that"));
        fails_as_known(&known, &judge(&scenario, &recording))
    }

    #[track_caller]
    fn judgements(&self, source: String, ended: Ended) -> Verdict {
        let (scenario, recording) = self.recorded(source, ended);
        judge(&scenario, &recording)
    }

    #[track_caller]
    fn recorded(&self, source: String, ended: Ended) -> (Scenario, Recording) {
        let scenario = scenario::parse("hand-made", &source).unwrap();
        let mut recording = self.made.clone();
        recording.scenario.clone_from(&source);
        recording.info.scenario.clone_from(&scenario.name);
        recording.info.ended = ended;
        recording.info.duration = self.now();
        (scenario, recording)
    }

    fn event(&mut self, event: Event) {
        let at = self.now();
        self.made.event(at, event);
    }

    fn now(&self) -> Time {
        let recording = &self.made;
        let things = recording.packets.len() + recording.observations.len();
        Time::from_nanos(things as u64 * 1_000_000)
    }
}

const BEFORE: &str = "\
title: Made by hand
nodes: [client, server]
links:
  path-a: {client: 10.0.1.1/24, server: 10.0.1.2/24}
  path-b: {client: 10.0.2.1/24, server: 10.0.2.2/24}
endpoints:
  server: {node: server, listen: 5000, subscribe: all}
  client: {node: client, subscribe: all}
steps:
  - connect: {from: client, to: server}
  - send: {from: client, to: server, count: 3, size: 100}
";
