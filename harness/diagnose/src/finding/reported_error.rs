//! The finding that an end reports an error.

use super::{Alike, Case, Doubt, Found, Kind};
use crate::words::{times, verb};
pub(super) const KIND: Kind = Kind {
    name: "error-chunk",
    says: "an end reports an error by an ERROR chunk",
    rfc: "RFC 9260, section 3.3.10",
    doubt: Doubt::Never,
    remedy: "look at the packet before it, which the error is about",
    alike: Alike {
        run: "unknown-chunks-1",
        why: "the type of the unknown chunk says that it is to be skipped in silence",
    },
    find,
};

fn find(case: &Case<'_>) -> Vec<Found> {
    let errors = case.it.errors.iter();
    errors
        .map(|(cause, packets)| {
            let words = format!(
                "{} {} \"{cause}\"",
                times(packets.count(), "ERROR chunk"),
                verb(packets.count(), "reports", "report")
            );
            Found::certain(words, packets.clone())
        })
        .collect()
}
