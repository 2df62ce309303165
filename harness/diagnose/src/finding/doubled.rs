//! The finding that the network duplicates packets.

use super::{Alike, Case, Doubt, Found, Kind};
use crate::words::{name, times};
pub(super) const KIND: Kind = Kind {
    name: "duplicated",
    says: "a receiver reports a TSN twice that was sent once",
    rfc: "RFC 9260, section 6.2",
    doubt: Doubt::Always("the first transmission was not captured"),
    remedy: "look for a loop or a mirror port that feeds packets back into the network",
    alike: Alike {
        run: "switch-duplicate-2",
        why: "it is the COOKIE ECHO that comes twice, and no data",
    },
    find,
};

fn find(case: &Case<'_>) -> Vec<Found> {
    let it = case.it;
    let mut found = Vec::new();
    for (side, end) in it.ends.iter().enumerate() {
        if end.flow.doubled.is_empty() {
            continue;
        }
        let words = format!(
            "chunks that {} sent once arrived twice: {} say so",
            name(it, side),
            times(end.flow.doubled.count(), "duplicate TSN")
        );
        found.push(Found::certain(words, end.flow.doubled.clone()).unless(&KIND));
    }
    found
}
