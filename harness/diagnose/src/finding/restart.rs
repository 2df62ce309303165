//! The finding that an end restarted while the association was up.

use super::{Alike, Case, Doubt, Found, Kind};
use crate::words::name;
pub(super) const KIND: Kind = Kind {
    name: "restart",
    says: "an end calls again while an association between the same ends is up",
    rfc: "RFC 9260, section 5.2.2",
    doubt: Doubt::Where {
        this: "the new association does not come up",
        or_else: "it wants a second association between the same ports, which is not taken",
    },
    remedy: "look for a crash or a restart of that host at this time: it has lost what it knew of the association",
    alike: Alike {
        run: "peer-restart-2",
        why: "the client ends its association by an ABORT before it calls again",
    },
    find,
};

fn find(case: &Case<'_>) -> Vec<Found> {
    let it = case.it;
    let Some(earlier) = it.restarts else {
        return Vec::new();
    };
    let words = format!(
        "{} calls again while association #{} is up: it has begun anew",
        name(it, 0),
        earlier + 1
    );
    let is_taken = !it.set_up.cookie_acks.is_empty();
    let found = Found::certain(words, it.set_up.inits.clone());
    vec![match is_taken {
        true => found,
        false => found.unless(&KIND),
    }]
}
