//! ASCONF and RE-CONFIG requests that are not answered.

use super::*;

/// The requests of a client whose two paths have failed, until it gives the association
/// up.
pub(super) fn requested(again: [u64; 4]) -> Story {
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
    // the path inactive, and the kernel reports the state after both errors.
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

#[test]
fn t3_rtx_is_set_before_a_request_of_the_same_moment_doubles_the_rto_again() {
    let story = |again: u64| {
        let mut story = Story::of(LOST);
        story.sends(1000, 1, data(1));
        story.sends(1000, 1, ask(7));
        // T3-rtx first: it is set anew to 200, and the RE-CONFIG to 400.
        story.sends(1104, 1, data(1));
        story.sends(1104, 1, ask(7));
        story.path(1104, 1, 400, "SCTP_ACTIVE", 2);
        story.sends(again, 1, data(1));
        story.path(again, 1, 400, "SCTP_INACTIVE", 3);
        story.sends(1508, 1, ask(7));
        story.seen(again + 404);
        story
    };
    // Four errors are Association.Max.Retrans. The T3-rtx that ends the association was set
    // 308 after the first transmission, to 400: it takes 460 at the most, and 50 to read
    // the notification.
    story(1308).is_between(7_080, 8_180);
    story(1350).is_wrong("error 3 of 10.0.1.2 counted 0.246 s after T3-rtx was set at 1.104");
}
