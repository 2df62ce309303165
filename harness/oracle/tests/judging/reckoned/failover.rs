//! A path that fails, and one that heals.

use super::*;

/// A failover: DATA is sent, sent again by T3-rtx at `data_again`, and followed by
/// HEARTBEATs at these times.
pub(super) fn failover(data_again: u64, heartbeats: [u64; 3]) -> Story {
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
    // T3-rtx takes 100 to 100 + 100/8 + 10 = 122.5. The random parts of the HEARTBEATs are
    // on record: 246 + 300 + 500 = 1046. And 50 to read the notification.
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
fn a_heartbeat_on_demand_is_no_timers() {
    let story = |is_asked: bool| {
        let mut story = failover(1104, [1110, 1650, 2150]);
        let demand = Event::Call {
            endpoint: "client".into(),
            call: "setsockopt SCTP_PEER_ADDR_PARAMS".into(),
            arguments: "10.0.1.2, SPP_HB_DEMAND".into(),
            result: Ok("0".into()),
        };
        if is_asked {
            story.event(1110, demand);
        }
        story.seen(2150);
        story
    };
    story(false).is_wrong("a HEARTBEAT sent to 10.0.1.2 0.006 s after HEARTBEAT");
    assert_eq!(story(true).judged().result, Result::Passed);
}

#[test]
fn a_machine_that_was_late_has_as_much_time_more() {
    let late_by = |late: Option<u64>| {
        let mut story = failover(1170, [1416, 1716, 2216]);
        story.made.info.engine = Engine::Native;
        story.made.info.late = late.map(ms);
        story.seen(2216);
        story
    };
    // 122.5, and 20 for handling it in real time, are over.
    late_by(None).is_wrong("error 1 of 10.0.1.2 counted 0.17 s after T3-rtx");
    late_by(Some(40)).is_wrong("error 1 of 10.0.1.2 counted 0.17 s after T3-rtx");
    // 100 and 122.5, with 246 + 300 + 500 of HEARTBEATs, and 60 instead of 50 to read the
    // notification.
    late_by(Some(60)).is_between(11_460, 12_285);
}

#[test]
fn a_probe_comes_after_half_an_rto_and_up_to_one_more() {
    // The first HEARTBEAT is timed by the RTO from before the error: max(100/2, 200) to
    // 300 + 300/8 + 10.
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
    // The timer was set at 10. Its fixed part, HB.interval and half the RTO, is
    // 10000 + 100/2 = 10050; chance adds up to 100, and lateness an eighth and 10. All that
    // counts from 500.
    story.sends(10_100, 1, heartbeat("1"));
    let info = "1".into();
    story.gets(10_110, 1, HeartbeatAck { info });
    story.seen(10_110);
    // 10 + 10050 - 500 to 10 + 10150 + 10150/8 + 10 - 500, and 10 for the round trip.
    story.is_between(95_600, 109_987);
}

#[test]
fn what_left_at_the_moment_of_an_expiry_is_no_second_error() {
    let mut story = Story::of(UNREACHABLE);
    story.sends(1000, 1, data(1));
    // A message of the application, and T3-rtx just then: both chunks are sent again.
    story.sends(1104, 1, data(2));
    for at in [1104, 1308, 1712] {
        story.sends(at, 1, data(1));
        story.sends(at, 1, data(2));
    }
    story.path(1104, 1, 200, "SCTP_ACTIVE", 1);
    story.path(1308, 1, 400, "SCTP_ACTIVE", 2);
    story.path(1712, 1, 400, "SCTP_INACTIVE", 3);
    story.seen(1712);
    // 100, 200 and 400: 700. Late by 22.5, 35 and 60, and 50 to read the notification.
    story.is_between(7_000, 8_675);
}

/// T3-rtx of both paths, a HEARTBEAT without an answer, and T3-rtx again at the moment of the
/// next HEARTBEAT. The two packets of that moment leave by two interfaces, so either may
/// have been captured first.
fn two_errors_of_one_moment(heartbeat_first: bool) -> Story {
    let mut story = Story::of(UNREACHABLE);
    story.path(900, 2, 300, "SCTP_ACTIVE", 0);
    story.sends(1000, 1, data(1));
    story.sends(1104, 2, data(1));
    story.path(1104, 1, 200, "SCTP_POTENTIALLY_FAILED", 1);
    story.sends(1350, 1, heartbeat("1"));
    story.sends(1410, 1, data(1));
    story.path(1410, 2, 400, "SCTP_POTENTIALLY_FAILED", 1);
    if heartbeat_first {
        story.sends(1620, 1, heartbeat("2"));
    }
    story.sends(1620, 2, data(1));
    if !heartbeat_first {
        story.sends(1620, 1, heartbeat("2"));
    }
    story.path(1620, 1, 400, "SCTP_INACTIVE", 3);
    story.seen(1620);
    story
}

#[test]
fn a_heartbeat_and_t3_rtx_of_one_moment_are_two_errors() {
    // T3-rtx: 100 to 122.5. The HEARTBEATs are on record: 246 + 270 = 516. The other T3-rtx
    // ran out at 210 and may be 25 later: 200 + 200/8 + 10. And 50 to read the notification.
    two_errors_of_one_moment(true).is_between(6_160, 7_135);
    // If T3-rtx was first, the second HEARTBEAT adds nothing, and T3-rtx came from 260 to
    // 295 after the first: 60 more than its own length.
    two_errors_of_one_moment(false).is_between(6_060, 7_135);
}
