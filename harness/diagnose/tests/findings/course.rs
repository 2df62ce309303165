//! A healthy association, which has no findings, and the first page of a diagnosis.

use crate::story::{CLIENT, S, SERVER, Story};

#[test]
fn nothing_is_found_in_an_association_that_is_well() {
    let mut story = Story::up();
    for tsn in 1..20 {
        story.exchange(CLIENT, 1, tsn);
        story.exchange(SERVER, 1, tsn);
        story.wait(30 * S).heartbeat(CLIENT, 2, true);
    }
    story.shut_down();
    assert!(story.found().is_empty());
}

#[test]
fn the_first_page_tells_who_when_and_how_it_ended() {
    let mut story = Story::up();
    story.exchange(CLIENT, 1, 1);
    story.abort(SERVER);
    insta::assert_snapshot!(story.page());
}
