//! The finding that HEARTBEATs are answered from another address.

use super::{Alike, Case, Doubt, Found, Kind};
use crate::words::times;
pub(super) const KIND: Kind = Kind {
    name: "heartbeats-answered-elsewhere",
    says: "HEARTBEATs are answered over another pair of addresses than they came on",
    rfc: "RFC 9260, sections 6.4 and 8.3",
    doubt: Doubt::Never,
    remedy: "mend the routes of the host that answers: its answers leave by another interface than the one that was asked (policy routing by source address, `rp_filter`)",
    alike: Alike {
        run: "set-primary",
        why: "the ends send their data over different paths, and each HEARTBEAT is answered on its own",
    },
    find,
};

fn find(case: &Case<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    for path in &case.it.paths {
        for (side, way) in path.ways.iter().enumerate() {
            let elsewhere = &way.answered_elsewhere;
            // An end with one address can be answered only there.
            if elsewhere.is_empty() || case.it.ends[side].addresses.len() < 2 {
                continue;
            }
            let [from, to] = [path.addresses[side], path.addresses[1 - side]];
            let words = format!(
                "{} of {} from {from} to {to} are answered over other addresses",
                elsewhere.count(),
                times(way.heartbeats, "HEARTBEAT"),
            );
            found.push(Found::certain(words, elsewhere.clone()));
        }
    }
    found
}
