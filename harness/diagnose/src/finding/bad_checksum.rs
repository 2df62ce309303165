//! The finding that packets have a wrong checksum.

use super::{Alike, Case, Doubt, Found, Kind};
use crate::words::times;
pub(super) const KIND: Kind = Kind {
    name: "bad-checksum",
    says: "packets have a checksum that is not theirs",
    rfc: "RFC 9260, section 6.8",
    doubt: Doubt::Always(
        "they were captured on the sending host, whose network card fills the checksum in, or changed afterwards",
    ),
    remedy: "look for a device on the way that changes packets without mending the checksum; receivers drop these",
    alike: Alike {
        run: "switch-corrupt-2",
        why: "a bit is flipped, and the checksum is right for what the packet has become",
    },
    find,
};

fn find(case: &Case<'_>) -> Vec<Found> {
    let packets = &case.it.bad_checksums;
    if packets.is_empty() {
        return Vec::new();
    }
    let words = format!("{} have a wrong CRC32c", times(packets.count(), "packet"));
    vec![Found::certain(words, packets.clone()).unless(&KIND)]
}
