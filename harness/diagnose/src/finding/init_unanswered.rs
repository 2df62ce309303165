//! The finding that an INIT is not answered.

use super::{Alike, Case, Doubt, Found, Kind};
use crate::words::{name, seconds, times};
pub(super) const KIND: Kind = Kind {
    name: "init-unanswered",
    says: "a caller's INITs are not answered",
    rfc: "RFC 9260, section 5.1",
    doubt: Doubt::Where {
        this: "no packet of the other end was captured",
        or_else: "the answers take a way that was not captured",
    },
    remedy: "see whether the INIT reaches the other host (capture there too), whether a firewall passes IP protocol 132, and whether somebody listens on that port",
    alike: Alike {
        run: "init-lost",
        why: "the third INIT is answered: that is `handshake-lost`",
    },
    find,
};

fn find(case: &Case<'_>) -> Vec<Found> {
    let it = case.it;
    let inits = &it.set_up.inits;
    let is_answered = !it.set_up.init_acks.is_empty() || it.was_up() || it.ending.is_some();
    let Some(first) = inits.first().filter(|_| !is_answered && it.icmp.is_empty()) else {
        return Vec::new();
    };
    // A single INIT shortly before the end of the capture may be answered after that end.
    if inits.count() < 2 && case.end.since(first) < LONG {
        return Vec::new();
    }
    let words = format!(
        "{} calls {} with {} in {}, and nothing comes back",
        name(it, 0),
        name(it, 1),
        times(inits.count(), "INIT"),
        seconds(case.end.since(first)),
    );
    let found = Found::certain(words, inits.clone());
    vec![match it.is_seen_both_ways() {
        true => found,
        false => found.unless(&KIND),
    }]
}

/// Thrice RTO.Initial (RFC 9260, section 16), in nanoseconds.
const LONG: u64 = 3_000_000_000;
