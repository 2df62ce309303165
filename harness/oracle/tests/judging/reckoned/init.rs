//! A set-up that is not answered: T1-init (RFC 9260 sections 5.1 and 6.3.3).

use super::*;

/// Both cables are cut before the client calls.
const CALLED: &str = "  - cut: {link: path-a}\n  \
                      - cut: {link: path-b}\n  \
                      - connect: {from: client, to: server}\n";
const GIVEN_UP: &str = "notification: assoc-change, state: cant-str-assoc, within: init-bound";

/// INITs at these times, each to the address of a path, from a client with RTO.Initial 200,
/// RTO.Max 400, Max.Init.Retransmits 2 and a max_init_timeo of 500.
pub(super) fn called(inits: &[(u64, u8)]) -> Story {
    let mut story = Story::new(CALLED, GIVEN_UP);
    story.step(900, "cut");
    story.step(900, "cut-2");
    story.step(900, "connect");
    story.begins();
    story.timers(900, 100, 400);
    story.waits(900);
    for (at, path) in inits {
        story.calls(*at, *path);
    }
    story
}

#[test]
fn t1_init_doubles_up_to_max_init_timeo() {
    let mut story = called(&[(1000, 1), (1204, 1), (1612, 1)]);
    story.seen(2116);
    // Linux does not ask RTO.Max (net/sctp/sm_sideeffect.c, `sctp_cmd_t1_timer_update`): 200,
    // 400, and 500 in place of 800 are 1100. Each may be late: 35 + 60 + 72.5. And 50 to read
    // the notification.
    story.is_between(11_000, 13_175);
}

#[test]
fn t1_init_is_neither_early_nor_late() {
    let mut early = called(&[(1000, 1), (1190, 1), (1598, 1)]);
    early.seen(2102);
    early.is_wrong("T1 1, set at 1.000, took 0.19 s; with 0.2 s it allows 0.2–0.235 s");
    // 400 to 400 + 400/8 + 10 = 460, and 2 for handling it. A kernel of 300 ticks a second makes
    // 406.7 of it: 467.5 at the most.
    let mut late = called(&[(1000, 1), (1204, 1), (1675, 1)]);
    late.seen(2179);
    late.is_wrong("T1 2, set at 1.204, took 0.471 s; with 0.4 s it allows 0.4–0.46 s");
}

#[test]
fn t1_init_doubles_when_all_addresses_have_been_tried() {
    // Linux's rule (net/sctp/sm_sideeffect.c, `sctp_cmd_t1_timer_update`).
    let mut story = called(&[(1000, 1), (1204, 2), (1408, 1)]);
    story.seen(1812);
    // 200, 200 of the second address, 400: 800, and 35 + 35 + 60 + 50.
    story.is_between(8_000, 9_800);
    let mut soon = called(&[(1000, 1), (1204, 2), (1612, 1)]);
    soon.seen(2016);
    soon.is_wrong("T1 2, set at 1.204, took 0.408 s; with 0.2 s it allows 0.2–0.235 s");
}

#[test]
fn it_takes_one_init_more_than_max_init_retransmits() {
    let mut soon = called(&[(1000, 1), (1204, 1)]);
    soon.seen(1608);
    soon.is_wrong("given up after 2 INIT chunks; Max.Init.Retransmits is 2, which takes 3");
    let mut long = called(&[(1000, 1), (1204, 1), (1612, 1), (2120, 1)]);
    long.seen(2624);
    long.is_wrong("given up after 4 INIT chunks; Max.Init.Retransmits is 2, which takes 3");
}
