//! The finding that a SHUTDOWN is not answered.

use super::{Alike, Case, Doubt, Found, Kind};
use crate::words::times;
pub(super) const KIND: Kind = Kind {
    name: "shutdown-unanswered",
    says: "three SHUTDOWNs or more do not bring the association to an end",
    rfc: "RFC 9260, section 9.2",
    doubt: Doubt::Never,
    remedy: "see whether the other host still runs: it neither ends nor aborts",
    alike: Alike {
        run: "shutdown-lost",
        why: "a later SHUTDOWN is answered",
    },
    find,
};

fn find(case: &Case<'_>) -> Vec<Found> {
    let it = case.it;
    if it.shutdowns.count() < 3 || it.ending.is_some() {
        return Vec::new();
    }
    let words = format!(
        "{} do not bring the association to an end",
        times(it.shutdowns.count(), "SHUTDOWN")
    );
    vec![Found::certain(words, it.shutdowns.clone())]
}
