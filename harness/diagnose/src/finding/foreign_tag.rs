//! The finding that packets have another verification tag than the association.

use super::{Case, Found, Kind};
use crate::words::times;
pub(super) const KIND: Kind = Kind {
    name: "wrong-tag",
    rfc: "RFC 9260, section 8.5",
    remedy: "look for somebody who sends in the name of that host, or for an end that still has an association that is over",
    find,
};

fn find(case: &Case<'_>) -> Vec<Found> {
    let packets = &case.it.foreign_tags;
    if packets.is_empty() {
        return Vec::new();
    }
    let words = format!(
        "{} between the addresses and ports of this association have a tag that neither end has chosen",
        times(packets.count(), "packet")
    );
    vec![Found::certain(words, packets.clone())]
}
