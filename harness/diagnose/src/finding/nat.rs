//! The finding that a NAT changes addresses.

use super::{Alike, Case, Doubt, Found, Kind};
use crate::words::name;
pub(super) const KIND: Kind = Kind {
    name: "nat",
    says: "an end names addresses as its own, and sends from none of them",
    rfc: "RFC 9260, section 3.3.2.1; RFC 6951",
    doubt: Doubt::Always(
        "the address that it sends from is left out of the list, as RFC 9260 allows",
    ),
    remedy: "SCTP over NAT works with one path only: name no addresses in INIT (bind to one), or encapsulate in UDP",
    alike: Alike {
        run: "address-translation",
        why: "a box changes ports only, and the INIT names no address that is of no use",
    },
    find,
};

fn find(case: &Case<'_>) -> Vec<Found> {
    let it = case.it;
    let mut found = Vec::new();
    for (side, end) in it.ends.iter().enumerate() {
        let names_own = end.addresses.iter().any(|it| end.named.contains(it));
        let same_kind = end.addresses.iter().any(|seen| {
            end.named
                .iter()
                .any(|named| named.is_ipv4() == seen.is_ipv4())
        });
        if end.named.is_empty() || names_own || !same_kind {
            continue;
        }
        let named: Vec<String> = end.named.iter().map(ToString::to_string).collect();
        let words = format!(
            "{} names the addresses {} as its own, and sends from none of them",
            name(it, side),
            named.join(", ")
        );
        let packets = match side {
            0 => &it.set_up.inits,
            _ => &it.set_up.init_acks,
        };
        found.push(Found::certain(words, packets.clone()).unless(&KIND));
    }
    found
}
