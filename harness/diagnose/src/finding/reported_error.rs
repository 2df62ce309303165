//! The finding that an end reports an error.

use super::{Case, Found, Kind};
use crate::words::times;
pub(super) const KIND: Kind = Kind {
    name: "error-chunk",
    rfc: "RFC 9260, section 3.3.10",
    remedy: "look at the packet before it, which the error is about",
    find,
};

fn find(case: &Case<'_>) -> Vec<Found> {
    let errors = case.it.errors.iter();
    errors
        .map(|(cause, packets)| {
            let words = format!(
                "{} report \"{cause}\"",
                times(packets.count(), "ERROR chunk")
            );
            Found::certain(words, packets.clone())
        })
        .collect()
}
