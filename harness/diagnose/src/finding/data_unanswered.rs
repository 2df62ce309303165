//! The finding that data is no longer acknowledged.

use super::{Alike, Case, Doubt, Found, Kind};
use crate::words::{name, seconds, times};
pub(super) const KIND: Kind = Kind {
    name: "data-unanswered",
    says: "a chunk is sent three times or more and is not acknowledged up to the end of the capture",
    rfc: "RFC 9260, sections 6.3.3 and 8.1",
    doubt: Doubt::Never,
    remedy: "see whether the other host still runs and whether the path still works; capture there too",
    alike: Alike {
        run: "t3-backoff",
        why: "a chunk is sent as often, and acknowledged at last",
    },
    find,
};

fn find(case: &Case<'_>) -> Vec<Found> {
    let it = case.it;
    if !it.is_seen_both_ways() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (side, end) in it.ends.iter().enumerate() {
        let Some((first, last, sent)) = end.flow.unanswered() else {
            continue;
        };
        if sent < 3 {
            continue;
        }
        let words = format!(
            "a chunk of {} was sent {} in {}, and is not acknowledged",
            name(it, side),
            times(sent.into(), "time"),
            seconds(case.end.since(first)),
        );
        found.push(Found::certain(words, [first, last].into_iter().collect()));
    }
    found
}
