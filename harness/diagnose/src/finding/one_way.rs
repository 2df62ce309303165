//! The finding that only one direction was captured.

use super::{Case, Found, Kind};
use crate::words::name;
pub(super) const KIND: Kind = Kind {
    name: "one-direction",
    rfc: "RFC 9260, section 6.2",
    remedy: "capture where both directions pass: the other one takes another route, or the mirror port copies one direction only",
    find,
};

fn find(case: &Case<'_>) -> Vec<Found> {
    let it = case.it;
    let is_one = !it.is_seen_both_ways() && it.set_up.inits.is_empty();
    // An end does not send so many packets without an answer: the answers are not in the
    // capture.
    if !is_one || it.packets < MANY {
        return Vec::new();
    }
    let words = format!(
        "the capture has packets of {} only, though the association goes on",
        name(it, 0)
    );
    vec![Found::certain(
        words,
        [it.first, it.last].into_iter().collect(),
    )]
}

const MANY: u64 = 8;
