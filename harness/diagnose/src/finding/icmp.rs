//! The finding that routers or hosts report undeliverable packets by ICMP.

use super::{Case, Found, Kind};

pub(super) const KIND: Kind = Kind {
    name: "icmp",
    rfc: "RFC 9260, section 10",
    remedy: "look at the host that sent the ICMP error, and at the address that it is about",
    find,
};

fn find(case: &Case<'_>) -> Vec<Found> {
    let errors = case.it.icmp.iter();
    errors
        .map(|(words, packets)| Found::certain(words.clone(), packets.clone()))
        .collect()
}
