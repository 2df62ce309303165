//! The finding that packets of the handshake were lost, but the association came up.

use super::{Alike, Case, Doubt, Found, Kind};
use crate::words::{seconds, times};

pub(super) const KIND: Kind = Kind {
    name: "handshake-lost",
    says: "an association comes up, though an INIT or a COOKIE ECHO is sent more than once",
    rfc: "RFC 9260, sections 4 and 5.1",
    doubt: Doubt::Never,
    remedy: "look for losses on the path, and for a listener that starts later than its callers",
    alike: Alike {
        run: "init-collision",
        why: "both ends call at the same time: there are two INITs, and none was lost",
    },
    find,
};

fn find(case: &Case<'_>) -> Vec<Found> {
    let set_up = &case.it.set_up;
    let (Some(init), Some(up)) = (set_up.inits.first(), set_up.cookie_acks.last()) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for (what, packets) in [("INIT", &set_up.inits), ("COOKIE ECHO", &set_up.cookies)] {
        // Both ends may call at the same time.
        if packets.count() < 2 || is_called_by_both(case) {
            continue;
        }
        let words = format!(
            "it takes {} to come up, for {} are sent",
            seconds(up.since(init)),
            times(packets.count(), what)
        );
        found.push(Found::certain(words, packets.clone()));
    }
    found
}

fn is_called_by_both(case: &Case<'_>) -> bool {
    case.it.set_up.both_call
}
