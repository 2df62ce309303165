//! Bounds of small recordings, each worked out by hand from the rule of the RFC or of the
//! stack. Times are in milliseconds. Linux's timers may be late by an eighth of their
//! length and 10 ms, a notification is read within 50 ms.

use std::time::Duration;

use ::hand_made::{ByHand, Side, empty, frame, ms};
use bounds::Timing;
use oracle::{Amount, Judgement, Result, judge};
use recording::{
    AssociationEnd, Direction, Event, Fields, Outcome, PathSample, Recording, TransportAddresses,
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
    expect: &'static str,
}

const UNREACHABLE: &str = "notification: peer-addr-change, address: 10.0.1.2, state: \
                           unreachable, within: failover-bound";
const AVAILABLE: &str = "notification: peer-addr-change, address: 10.0.1.2, state: \
                         available, within: heartbeat-bound";
const LOST: &str = "notification: assoc-change, state: comm-lost, within: association-bound";

impl Story {
    fn of(expect: &'static str) -> Self {
        let made = empty();
        let mut story = Self { made, expect };
        story.step(0, "connect");
        story.begins();
        story.timers(0, 100, 400);
        for path in [1, 2] {
            story.path(0, path, 100, "SCTP_ACTIVE", 0);
        }
        story.set_up();
        story.step(500, "cut");
        story.step(500, "cut-2");
        story.event(
            500,
            Event::StepStarted {
                step: "it".into(),
                words: "it".into(),
                acts: false,
            },
        );
        story
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
        };
        self.event(0, Event::AssociationBegun(end));
    }

    /// The socket reports its timers.
    fn timers(&mut self, at: u64, min: u64, max: u64) {
        let timers = Timing {
            rto_initial: Duration::from_millis(200),
            rto_min: Duration::from_millis(min),
            rto_max: Duration::from_millis(max),
            heartbeat_interval: Duration::from_secs(10),
            path_max_retrans: 2,
            potentially_failed: Some(0),
            association_max_retrans: 4,
            ..Timing::DEFAULT
        };
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
        let init = Init {
            initiate_tag: VerificationTag(CLIENT_TAG),
            a_rwnd: 100_000,
            outbound_streams: 10,
            inbound_streams: 10,
            initial_tsn: Tsn(1),
            parameters: Vec::new(),
        };
        let ack = InitAck {
            initiate_tag: VerificationTag(SERVER_TAG),
            a_rwnd: 100_000,
            outbound_streams: 10,
            inbound_streams: 10,
            initial_tsn: Tsn(1),
            parameters: Vec::new(),
        };
        let cookie = CookieEcho { cookie: "c".into() };
        let init = frame(1, Side::Client, [5000, 5000], 0, vec![init.into()]);
        let interface = Side::Client.interface(1);
        self.made
            .packet(ms(1), interface, Direction::Out, init, None);
        self.gets(4, 1, ack);
        self.sends(5, 1, cookie);
        self.gets(10, 1, CookieAck);
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

    /// What was expected is seen then.
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

    fn judged(&self) -> Judgement {
        let source = format!(
            "title: Reckoned by hand\n\
             nodes: [client, server]\n\
             links:\n  \
             path-a: {{client: 10.0.1.1/24, server: 10.0.1.2/24}}\n  \
             path-b: {{client: 10.0.2.1/24, server: 10.0.2.2/24}}\n\
             endpoints:\n  \
             server: {{node: server, listen: 5000}}\n  \
             client: {{node: client, subscribe: all}}\n\
             steps:\n  \
             - connect: {{from: client, to: server}}\n  \
             - cut: {{link: path-a}}\n  \
             - cut: {{link: path-b}}\n  \
             - expect: {{at: client, {}, as: it}}\n",
            self.expect
        );
        let scenario = scenario::parse("reckoned", &source).unwrap();
        let mut recording = self.made.clone();
        recording.scenario = source;
        let verdict = judge(&scenario, &recording);
        let it = verdict.judgements.into_iter().find(|it| it.name == "it");
        it.unwrap()
    }

    /// It is right, and lies between these times, in tenths of a millisecond.
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

    /// It is wrong, and that is why.
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

/// T3-rtx, then HEARTBEATs: when each is sent.
fn failover(data_again: u64, heartbeats: [u64; 3]) -> Story {
    let mut story = Story::of(UNREACHABLE);
    let [first, second, third] = heartbeats;
    story.sends(1000, 1, data(1));
    story.sends(data_again, 2, data(1));
    story.path(data_again, 1, 200, "SCTP_POTENTIALLY_FAILED", 1);
    story.gets(data_again + 10, 2, sack(1));
    story.sends(first, 1, heartbeat("1"));
    story.sends(second, 1, heartbeat("2"));
    story.path(second, 1, 400, "SCTP_POTENTIALLY_FAILED", 2);
    story.sends(third, 1, heartbeat("3"));
    story.path(third, 1, 400, "SCTP_INACTIVE", 3);
    story
}

#[test]
fn a_path_fails_by_t3_rtx_and_two_heartbeats() {
    let mut story = failover(1104, [1350, 1650, 2150]);
    story.seen(2150);
    // T3-rtx: 100 to 100 + 100/8 + 10 = 122.5. What chance adds to HEARTBEATs is on record:
    // 246 + 300 + 500 = 1046. And 50 to read the notification.
    story.is_between(11_460, 12_185);
}

#[test]
fn t3_rtx_is_neither_early_nor_late() {
    let mut early = failover(1050, [1350, 1650, 2150]);
    early.seen(2150);
    early.is_wrong("error 1 of 10.0.1.2 counted 0.05 s after T3-rtx");
    // 122.5, and 2 for handling it, are over.
    let mut late = failover(1130, [1350, 1650, 2150]);
    late.seen(2150);
    late.is_wrong("T3-rtx");
}

#[test]
fn a_probe_comes_after_half_an_rto_and_up_to_one_more() {
    // The first by the RTO from before the error: max(100/2, 200) to 300 + 300/8 + 10.
    let mut early = failover(1104, [1290, 1650, 2150]);
    early.seen(2150);
    early.is_wrong("0.186 s after HEARTBEAT, potentially failed");
    let mut late = failover(1104, [1455, 1755, 2255]);
    late.seen(2255);
    late.is_wrong("0.351 s after HEARTBEAT, potentially failed");
    // With an RTO of 400: 200 to 600 + 600/8 + 10 = 685.
    let mut latest = failover(1104, [1350, 1650, 2335]);
    latest.seen(2335);
    latest.is_between(13_310, 14_035);
    let mut later = failover(1104, [1350, 1650, 2345]);
    later.seen(2345);
    later.is_wrong("0.695 s after HEARTBEAT, potentially failed");
}

#[test]
fn it_takes_one_error_more_than_path_max_retrans() {
    let mut soon = Story::of(UNREACHABLE);
    soon.sends(1000, 1, data(1));
    soon.sends(1104, 2, data(1));
    soon.path(1104, 1, 200, "SCTP_POTENTIALLY_FAILED", 1);
    soon.gets(1114, 2, sack(1));
    soon.sends(1350, 1, heartbeat("1"));
    soon.sends(1650, 1, heartbeat("2"));
    soon.path(1650, 1, 400, "SCTP_INACTIVE", 2);
    soon.seen(1650);
    soon.is_wrong("declared unreachable after 2 errors; Path.Max.Retrans is 2, which takes 3");
}

#[test]
fn an_answer_clears_the_count() {
    let mut story = Story::of(UNREACHABLE);
    story.sends(1000, 1, data(1));
    story.sends(1104, 2, data(1));
    story.path(1104, 1, 200, "SCTP_POTENTIALLY_FAILED", 1);
    story.gets(1114, 2, sack(1));
    story.sends(1350, 1, heartbeat("1"));
    story.sends(1650, 1, heartbeat("2"));
    story.path(1650, 1, 400, "SCTP_POTENTIALLY_FAILED", 2);
    let info = "2".into();
    story.gets(1660, 1, HeartbeatAck { info });
    story.path(1660, 1, 100, "SCTP_ACTIVE", 0);
    story.seen(1900);
    story.is_wrong("no error of 10.0.1.2 is on record before it");
}

#[test]
fn a_pause_is_by_the_rto_that_was_reported_last() {
    // RTO.Max has become 150, so the error doubles 100 to 150.
    let mut story = Story::of(UNREACHABLE);
    story.timers(900, 100, 150);
    story.sends(1000, 1, data(1));
    story.sends(1104, 2, data(1));
    story.path(1104, 1, 150, "SCTP_POTENTIALLY_FAILED", 1);
    story.gets(1114, 2, sack(1));
    story.sends(1350, 1, heartbeat("1"));
    // With 150: 200 (the floor) to 350 + 350/8 + 10 = 403.75, where 400 would allow 685.
    story.sends(1650, 1, heartbeat("2"));
    story.path(1650, 1, 150, "SCTP_POTENTIALLY_FAILED", 2);
    story.sends(2080, 1, heartbeat("3"));
    story.path(2080, 1, 150, "SCTP_INACTIVE", 3);
    story.seen(2080);
    story.is_wrong("0.43 s after HEARTBEAT, potentially failed");
}

#[test]
fn a_path_heals_by_the_next_heartbeat() {
    let mut story = Story::of(AVAILABLE);
    for path in [1, 2] {
        story.path(400, path, 100, "SCTP_INACTIVE", 3);
    }
    // The timer was set at 10: HB.interval and max(100/2, 200) are 10050 together, chance
    // adds 100, lateness an eighth and 10. All that counts from 500.
    story.sends(10_100, 1, heartbeat("1"));
    let info = "1".into();
    story.gets(10_110, 1, HeartbeatAck { info });
    story.seen(10_110);
    // 10 + 10050 - 500 to 10 + 10150 + 10150/8 + 10 - 500, and 10 for the round trip.
    story.is_between(95_600, 109_987);
}

/// The requests of a client whose paths are both dead, until it gives the association up.
fn requested(again: [u64; 4]) -> Story {
    let mut story = Story::of(LOST);
    let [one, two, three, four] = again;
    story.sends(1000, 1, ask(7));
    story.sends(one, 1, ask(7));
    story.path(one, 1, 200, "SCTP_ACTIVE", 1);
    story.sends(two, 1, ask(7));
    story.path(two, 1, 400, "SCTP_ACTIVE", 2);
    story.sends(three, 1, ask(7));
    story.path(three, 1, 400, "SCTP_INACTIVE", 3);
    story.sends(four, 1, ask(7));
    story
}

#[test]
fn each_re_config_that_is_not_answered_is_an_error_of_the_association() {
    // RFC 6525 section 5.1.1: the timer takes the RTO and doubles it: 100, 200, 400, and
    // RTO.Max 400 again. Four errors are Association.Max.Retrans: the next expiry, 400 to
    // 400 + 400/8 + 10 after the last, gives the association up.
    let mut story = requested([1104, 1312, 1724, 2136]);
    story.seen(2548);
    // From 1000: 1136 + 400, and 1136 + 460 + 50.
    story.is_between(15_360, 16_460);
    let mut early = requested([1104, 1210, 1724, 2136]);
    early.seen(2548);
    early.is_wrong("error 2 of 10.0.1.2 counted 0.106 s after Re-configuration Timer");
    let mut missed = Story::of(LOST);
    missed.sends(1000, 1, ask(7));
    missed.seen(2548);
    missed.is_wrong("Re-configuration Timer of 10.0.1.2 was set at 1.000");
}

#[test]
fn errors_of_one_moment_are_counted_one_after_the_other() {
    let mut story = Story::of(LOST);
    story.sends(1000, 1, ask(7));
    story.sends(1104, 1, ask(7));
    story.path(1104, 1, 200, "SCTP_POTENTIALLY_FAILED", 1);
    story.gets(1114, 2, done(7));
    story.sends(1350, 1, heartbeat("1"));
    story.sends(1400, 1, ask(8));
    // Both timers run out in one tick. The HEARTBEAT's next timer is that of a path that is
    // potentially failed: 400 ± 200, without HB.interval. Then the RE-CONFIG's error makes
    // the path inactive, and the kernel reports what is after both.
    story.sends(1612, 1, heartbeat("2"));
    story.sends(1612, 1, ask(8));
    story.path(1612, 1, 400, "SCTP_INACTIVE", 3);
    story.sends(1912, 1, heartbeat("3"));
    // Four errors: 1104, 1612 twice, 1912. The Re-configuration Timer of 1612 is the next.
    story.seen(2016);
    // From 1000: 612 + 400, and 612 + 460 + 50.
    story.is_between(10_120, 11_220);
}

#[test]
fn an_asconf_takes_the_rto_of_the_path_that_it_goes_to() {
    let story = |again: u64, or: u64| {
        let mut story = Story::of(LOST);
        story.path(600, 2, 300, "SCTP_ACTIVE", 0);
        story.sends(1000, 1, asconf());
        // T-4 RTO of the first path, 100, has run out; the second path's is 300.
        story.sends(1104, 2, asconf());
        story.path(1104, 1, 200, "SCTP_ACTIVE", 1);
        story.sends(again, 1, asconf());
        story.path(again, 2, 400, "SCTP_ACTIVE", 1);
        story.sends(or, 1, asconf());
        story.path(or, 1, 400, "SCTP_ACTIVE", 2);
        story.sends(or + 404, 1, asconf());
        story.path(or + 404, 1, 400, "SCTP_INACTIVE", 3);
        story.seen(or + 808);
        story
    };
    // 1000, +104, +308, +208, +404: the last was set at 2024, 400 to 460.
    story(1412, 1620).is_between(14_240, 15_340);
    story(1210, 1418).is_wrong("error 1 of 10.0.2.2 counted 0.106 s after T-4 RTO");
}

#[test]
fn an_asconf_that_was_answered_is_no_error() {
    let mut story = Story::of(LOST);
    story.sends(1000, 1, asconf());
    let ack = AsconfAck {
        sequence_number: 9,
        parameters: Vec::new(),
    };
    story.gets(1010, 1, ack);
    story.seen(2548);
    story.is_wrong("it was given up after 0 errors");
}
