//! The finding that HEARTBEATs on a path are not answered.

use super::{Alike, Case, Doubt, Found, Kind};
use crate::words::{times, verb};
pub(super) const KIND: Kind = Kind {
    name: "heartbeats-unanswered",
    says: "two or more HEARTBEATs in a row are not answered on a path",
    rfc: "RFC 9260, section 8.3",
    doubt: Doubt::Where {
        this: "nothing comes back on that path",
        or_else: "the answers of this path take a way that was not captured",
    },
    remedy: "see whether the route to that address and back is there on both hosts, and whether a firewall on that path passes SCTP; capture at the other host to see which way is lost",
    alike: Alike {
        run: "heartbeat-idle",
        why: "nothing but HEARTBEATs goes over either path, and each is answered",
    },
    find,
};

fn find(case: &Case<'_>) -> Vec<Found> {
    let it = case.it;
    if !it.is_seen_both_ways() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for path in &it.paths {
        for (side, way) in path.ways.iter().enumerate() {
            if way.unanswered.count() < 2 {
                continue;
            }
            let [from, to] = [path.addresses[side], path.addresses[1 - side]];
            let others = match way.answered {
                0 => "none of them ever".to_owned(),
                more => format!("{more} {}", verb(more, "other is", "others are")),
            };
            let words = format!(
                "{} in a row from {from} to {to} are not answered; {others}",
                times(way.unanswered.count(), "HEARTBEAT"),
            );
            let one = Found::certain(words, way.unanswered.clone());
            let comes_back = path.ways[1 - side].packets > 0;
            found.push(match way.answered > 0 || comes_back {
                true => one,
                false => one.unless(&KIND),
            });
        }
    }
    found
}
