//! The finding that large packets do not arrive.

use super::{Alike, Case, Doubt, Found, Kind};
use crate::words::{name, times};
pub(super) const KIND: Kind = Kind {
    name: "mtu-black-hole",
    says: "a large packet is sent again and again and does not arrive, while smaller ones do",
    rfc: "RFC 9260, section 7.3; RFC 8899",
    doubt: Doubt::Never,
    remedy: "let ICMP \"fragmentation needed\" through, lower the MTU of the path (`ip route … mtu`) or the fragmentation point of the endpoint (SCTP_MAXSEG)",
    alike: Alike {
        run: "path-mtu-icmp",
        why: "a router reports by ICMP how large a packet may be, and smaller ones follow",
    },
    find,
};

fn find(case: &Case<'_>) -> Vec<Found> {
    let it = case.it;
    let mut found = Vec::new();
    for (side, end) in it.ends.iter().enumerate() {
        let Some(stuck) = &end.flow.stuck else {
            continue;
        };
        if stuck.size < LARGE || !stuck.others_arrive {
            continue;
        }
        let words = format!(
            "a packet of {} bytes from {} is sent {} and never arrives, while smaller ones do",
            stuck.size,
            name(it, side),
            times(stuck.packets.count(), "time"),
        );
        found.push(Found::certain(words, stuck.packets.clone()));
    }
    found
}

/// The least size in bytes of a packet that a path may refuse: every IPv4 host accepts 576
/// bytes (RFC 791, section 3.1).
const LARGE: usize = 576;
