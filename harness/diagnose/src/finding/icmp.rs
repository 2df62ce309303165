//! The finding that routers or hosts report undeliverable packets by ICMP.

use super::{Alike, Case, Doubt, Found, Kind};

pub(super) const KIND: Kind = Kind {
    name: "icmp",
    says: "a router or a host reports by ICMP that a packet of the association cannot be delivered",
    rfc: "RFC 9260, section 10",
    doubt: Doubt::Never,
    remedy: "look at the host that sent the ICMP error, and at the address that it is about",
    alike: Alike {
        run: "icmp-unreachable-1",
        why: "the packets are lost before the router sees them, so no ICMP error comes",
    },
    find,
};

fn find(case: &Case<'_>) -> Vec<Found> {
    let errors = case.it.icmp.iter();
    errors
        .map(|(words, packets)| Found::certain(words.clone(), packets.clone()))
        .collect()
}
