//! The finding that only one direction was captured.

use super::{Alike, Case, Doubt, Found, Kind};
use crate::words::name;
pub(super) const KIND: Kind = Kind {
    name: "one-direction",
    says: "the capture has packets of one end only, and the association goes on",
    rfc: "RFC 9260, section 6.2",
    doubt: Doubt::Never,
    remedy: "capture where both directions pass: the other one takes another route, or the mirror port copies one direction only",
    alike: Alike {
        run: "nobody-home",
        why: "one end sends INITs alone, and they are not answered: that is `init-unanswered`",
    },
    find,
};

fn find(case: &Case<'_>) -> Vec<Found> {
    let it = case.it;
    // RFC 9260, section 5.1: until an INIT is answered there is nothing else to send.
    let is_answered = it.set_up.inits.is_empty() || !it.set_up.cookies.is_empty();
    // An end does not send so many packets without an answer: the answers are not in the
    // capture.
    if it.is_seen_both_ways() || !is_answered || it.packets < MANY {
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
