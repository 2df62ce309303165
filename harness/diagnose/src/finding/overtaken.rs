//! The finding that packets are reordered.

use super::{Case, Found, Kind};
use crate::words::{name, times, verb};
pub(super) const KIND: Kind = Kind {
    name: "reordered",
    rfc: "RFC 9260, section 6.6",
    remedy: "look for links or queues in parallel that packets of one path are spread over",
    find,
};

fn find(case: &Case<'_>) -> Vec<Found> {
    let it = case.it;
    let mut found = Vec::new();
    for (side, end) in it.ends.iter().enumerate() {
        if end.flow.overtaken.is_empty() {
            continue;
        }
        let words = format!(
            "{} of {} {} after a higher TSN",
            times(end.flow.overtaken.count(), "chunk"),
            name(it, side),
            verb(end.flow.overtaken.count(), "comes", "come")
        );
        found.push(
            Found::certain(words, end.flow.overtaken.clone())
                .unless("they were captured in another order than they came in"),
        );
    }
    found
}
