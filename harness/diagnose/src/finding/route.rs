//! The finding that the two ends use different paths.

use super::{Alike, Case, Doubt, Found, Kind};
use crate::path::Path;
use crate::words::{name, path_name};
pub(super) const KIND: Kind = Kind {
    name: "asymmetric-route",
    says: "each end sends its data over a path on which nothing comes back, and the two paths share an address",
    rfc: "RFC 9260, section 6.4",
    doubt: Doubt::Always("the ends have chosen different primary paths"),
    remedy: "compare the routes of both hosts: each end answers on another path than the data came on",
    alike: Alike {
        run: "set-primary",
        why: "the ends choose different primary paths; the SACKs come back on the path of the data",
    },
    find,
};

fn find(case: &Case<'_>) -> Vec<Found> {
    let it = case.it;
    if !it.is_seen_both_ways() {
        return Vec::new();
    }
    let only = |side: usize| {
        let mut paths = it.paths.iter().enumerate();
        paths.find(|(_, path)| path.ways[side].data >= MANY && path.ways[1 - side].packets == 0)
    };
    match (only(0), only(1)) {
        (Some((one, path)), Some((other, back))) if shares_an_address(path, back) => {
            let words = format!(
                "the data of {} goes over {}, and that of {} over {}",
                name(it, 0),
                path_name(it, one),
                name(it, 1),
                path_name(it, other),
            );
            let packets = [path.ways[0].first, back.ways[1].first];
            vec![Found::certain(words, packets.into_iter().flatten().collect()).unless(&KIND)]
        }
        _ => Vec::new(),
    }
}

/// The least number of chunks one way, with no packet back, that is no chance.
const MANY: u64 = 5;

fn shares_an_address(one: &Path, other: &Path) -> bool {
    (0..2).any(|side| one.addresses[side] == other.addresses[side])
}
