//! The finding that the network duplicates packets.

use super::{Case, Found, Kind};
use crate::words::{name, times};
pub(super) const KIND: Kind = Kind {
    name: "duplicated",
    rfc: "RFC 9260, section 6.2",
    remedy: "look for a loop or a mirror port that feeds packets back into the network",
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
        found.push(
            Found::certain(words, end.flow.doubled.clone())
                .unless("the first transmission was not captured"),
        );
    }
    found
}
