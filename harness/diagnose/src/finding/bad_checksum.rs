//! The finding that packets have a wrong checksum.

use super::{Case, Found, Kind};
use crate::words::times;
pub(super) const KIND: Kind = Kind {
    name: "bad-checksum",
    rfc: "RFC 9260, section 6.8",
    remedy: "look for a device on the way that changes packets without mending the checksum; receivers drop these",
    find,
};

fn find(case: &Case<'_>) -> Vec<Found> {
    let packets = &case.it.bad_checksums;
    if packets.is_empty() {
        return Vec::new();
    }
    let words = format!("{} have a wrong CRC32c", times(packets.count(), "packet"));
    vec![
        Found::certain(words, packets.clone()).unless(
            "they were captured on the sending host, whose network card fills the checksum in, or changed afterwards",
        ),
    ]
}
