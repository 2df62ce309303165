//! The finding that packets have another verification tag than the association.

use super::{Alike, Case, Doubt, Found, Kind};
use crate::words::times;
pub(super) const KIND: Kind = Kind {
    name: "wrong-tag",
    says: "packets between the addresses and ports of an association have a tag that neither end has chosen",
    rfc: "RFC 9260, section 8.5",
    doubt: Doubt::Never,
    remedy: "look for somebody who sends in the name of that host, or for an end that still has an association that is over",
    alike: Alike {
        run: "peer-restart",
        why: "the tags are new, and an INIT and an INIT ACK have told them",
    },
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
