//! Findings about the beginning and the end of associations.

use wire::Cause;
use wire::Tsn;
use wire::chunk::{Abort, CookieEcho, Error, Shutdown};

use crate::story::{CLIENT, MS, S, SERVER, Story, data, init_ack, sack};

#[test]
fn an_init_that_nobody_answers() {
    let mut story = Story::new();
    for seconds in [1, 2, 4] {
        story.init();
        story.wait(seconds * S);
    }
    assert_eq!(story.found(), ["init-unanswered"]);
    // The capture ends before an answer was due.
    let mut story = Story::new();
    story.init();
    assert!(story.found().is_empty());
    // The first INIT is lost, and the second is answered.
    let mut story = Story::new();
    story.init();
    story.wait(S);
    story.set_up();
    story.exchange(CLIENT, 1, 1);
    assert_eq!(story.found(), ["handshake-lost"]);
}

#[test]
fn an_init_that_is_refused() {
    let mut story = Story::new();
    story.init();
    let tag_reflected = false;
    let causes = vec![];
    let abort = Abort {
        tag_reflected,
        causes,
    };
    story.send(SERVER, 1, vec![abort.into()]);
    assert_eq!(story.found(), ["init-refused"]);
}

#[test]
fn a_cookie_that_nobody_takes() {
    let mut story = Story::new();
    story.init();
    story.send(SERVER, 1, vec![init_ack(0x5e12_3402).into()]);
    for _ in 0..3 {
        story.send(CLIENT, 1, vec![CookieEcho { cookie: "c".into() }.into()]);
        story.wait(3 * S);
    }
    assert_eq!(story.found(), ["cookie-unanswered"]);
}

#[test]
fn an_abort_and_a_graceful_end() {
    let mut story = Story::up();
    story.exchange(CLIENT, 1, 1);
    story.abort(SERVER);
    assert_eq!(story.found(), ["aborted"]);
    let mut story = Story::up();
    story.exchange(CLIENT, 1, 1);
    story.shut_down();
    assert!(story.found().is_empty());
}

#[test]
fn an_end_that_begins_anew() {
    let again = |how_it_ends: fn(&mut Story)| {
        let mut story = Story::up();
        story.exchange(CLIENT, 1, 1);
        how_it_ends(&mut story);
        story.forget();
        story.wait(S).set_up();
        story.found()
    };
    assert_eq!(again(|_| {}), ["restart"]);
    assert!(again(Story::shut_down).is_empty(), "the first one is over");
}

#[test]
fn a_shutdown_that_does_not_end_it() {
    let mut story = Story::up();
    for _ in 0..4 {
        let cumulative_tsn_ack = Tsn(1);
        story.send(CLIENT, 1, vec![Shutdown { cumulative_tsn_ack }.into()]);
        story.wait(S);
    }
    assert_eq!(story.found(), ["shutdown-unanswered"]);
}

#[test]
fn an_error_that_is_reported() {
    let mut story = Story::up();
    let causes = vec![Cause::OutOfResource(())];
    story.send(SERVER, 1, vec![Error { causes }.into()]);
    assert_eq!(story.found(), ["error-chunk"]);
}

#[test]
fn data_that_is_not_acknowledged_any_more() {
    let mut story = Story::up();
    story.exchange(CLIENT, 1, 1);
    for seconds in [1, 2, 4] {
        story.send(CLIENT, 1, vec![data(2, 100)]);
        story.wait(seconds * S);
    }
    assert_eq!(story.found(), ["data-unanswered", "lost"]);
    // The capture ends before the SACK was due.
    let mut story = Story::up();
    story.exchange(CLIENT, 1, 1);
    story.send(CLIENT, 1, vec![data(2, 100)]);
    story.wait(100 * MS);
    assert!(story.found().is_empty());
    let mut story = Story::up();
    story.send(CLIENT, 1, vec![data(1, 100)]);
    story.wait(190 * MS).send(SERVER, 1, vec![sack(1)]);
    assert!(story.found().is_empty(), "a SACK may wait for 200 ms");
}
