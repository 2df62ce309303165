//! Paths of a program's association. No notification tells of them: the lab asks the
//! kernel.

use super::*;

const STARTED: &str = "  - start: client\n  \
                       - cut: {link: path-a}\n  \
                       - cut: {link: path-b}\n";

const UNREACHABLE: &str = "path: 10.0.1.2, state: unreachable, within: failover-bound";
const AVAILABLE: &str = "path: 10.0.1.2, state: available, within: heartbeat-bound";

/// The client is a program. Its association is known from the moment at which the lab finds
/// its socket.
pub(super) fn program(expect: &'static str) -> Story {
    let mut story = Story::new(STARTED, expect);
    story.client = "{node: client, program: sctp-client}";
    story.step(0, "start");
    story.set_up();
    let transport = |side: Side| TransportAddresses {
        port: 5000,
        addresses: vec![side.address(1), side.address(2)],
    };
    let up = AssociationEnd {
        endpoint: "client".into(),
        association: "client-server".into(),
        peer: Some("server".into()),
        id: Some(1),
        local: transport(Side::Client),
        remote: transport(Side::Server),
        chosen: None,
        offered: Vec::new(),
        found: true,
    };
    story.event(11, Event::AssociationUp(up));
    story.timers(11, 100, 400);
    for path in [1, 2] {
        story.path(11, path, 100, "SCTP_ACTIVE", 0);
    }
    story.step(500, "cut");
    story.step(500, "cut-2");
    story.waits(500);
    story
}

/// T3-rtx, then HEARTBEATs at these times. `last` is the state of the path after the last
/// one.
fn failover(heartbeats: [u64; 3], last: &str) -> Story {
    let mut story = program(UNREACHABLE);
    let [first, second, third] = heartbeats;
    story.sends(1000, 1, data(1));
    story.sends(1104, 2, data(1));
    story.path(1104, 1, 200, "SCTP_POTENTIALLY_FAILED", 1);
    story.gets(1114, 2, sack(1));
    story.sends(first, 1, heartbeat("1"));
    story.sends(second, 1, heartbeat("2"));
    story.path(second, 1, 400, "SCTP_POTENTIALLY_FAILED", 2);
    story.sends(third, 1, heartbeat("3"));
    story.path(third, 1, 400, last, 3);
    story
}

#[test]
fn a_path_of_a_program_fails_in_the_time_of_its_timers() {
    let mut story = failover([1350, 1650, 2150], "SCTP_INACTIVE");
    story.becomes(2150);
    // As for a socket: 100 to 122.5, and 246 + 300 + 500, and 50 for the look at the kernel.
    story.is_between(11_460, 12_185);
}

#[test]
fn one_expiry_too_few_is_wrong() {
    let mut story = program(UNREACHABLE);
    story.sends(1000, 1, data(1));
    story.sends(1104, 2, data(1));
    story.path(1104, 1, 200, "SCTP_POTENTIALLY_FAILED", 1);
    story.gets(1114, 2, sack(1));
    story.sends(1350, 1, heartbeat("1"));
    story.sends(1650, 1, heartbeat("2"));
    story.path(1650, 1, 400, "SCTP_INACTIVE", 2);
    story.becomes(1650);
    story.is_wrong("declared unreachable after 2 errors; Path.Max.Retrans is 2, which takes 3");
}

#[test]
fn one_expiry_too_many_is_wrong() {
    let mut story = failover([1350, 1650, 2150], "SCTP_POTENTIALLY_FAILED");
    story.sends(2650, 1, heartbeat("4"));
    story.path(2650, 1, 400, "SCTP_INACTIVE", 4);
    story.becomes(2650);
    story.is_wrong("declared unreachable after 4 errors; Path.Max.Retrans is 2, which takes 3");
}

#[test]
fn a_timer_of_a_program_is_neither_early_nor_late() {
    let mut early = failover([1290, 1650, 2150], "SCTP_INACTIVE");
    early.becomes(2150);
    early.is_wrong("0.186 s after HEARTBEAT, potentially failed");
    let mut late = failover([1350, 1650, 2345], "SCTP_INACTIVE");
    late.becomes(2345);
    late.is_wrong("0.695 s after HEARTBEAT, potentially failed");
}

#[test]
fn what_a_program_sets_meanwhile_holds_from_then_on() {
    let mut story = failover([1350, 1650, 2150], "SCTP_INACTIVE");
    let one_more = Timing {
        path_max_retrans: 3,
        ..Story::limits(100, 400)
    };
    let timers = Event::Timers {
        endpoint: "client".into(),
        association: Some("client-server".into()),
        address: Some(Side::Server.address(1)),
        timers: one_more,
    };
    story.event(2150, timers);
    story.becomes(2150);
    story.is_wrong("declared unreachable after 3 errors; Path.Max.Retrans is 3, which takes 4");
}

#[test]
fn a_path_of_a_program_heals_by_the_next_heartbeat() {
    let mut story = program(AVAILABLE);
    for path in [1, 2] {
        story.path(400, path, 100, "SCTP_INACTIVE", 3);
    }
    story.sends(10_100, 1, heartbeat("1"));
    let info = "1".into();
    story.gets(10_110, 1, HeartbeatAck { info });
    story.path(10_110, 1, 100, "SCTP_ACTIVE", 0);
    story.becomes(10_110);
    // From 500 on, as for a socket, and 1 more: the program may have set the timer anew up to
    // 11, when the lab first saw its settings.
    story.is_between(95_600, 109_997);
}

#[test]
fn without_an_association_of_its_own_nothing_is_computed() {
    let mut story = Story::new(STARTED, UNREACHABLE);
    story.client = "{node: client, program: sctp-client}";
    story.step(0, "start");
    story.set_up();
    story.step(500, "cut");
    story.step(500, "cut-2");
    story.waits(500);
    story.never(9000);
    story.is_wrong("the bound cannot be computed: client had no path to 10.0.1.2");
    let cause = story.judged().cause.unwrap();
    assert!(
        cause.contains("no socket of client ever had an association"),
        "{cause}"
    );
}
