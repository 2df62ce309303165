//! The finding that a PPID is in the wrong byte order.

use super::{Case, Found, Kind};
use crate::words::times;
pub(super) const KIND: Kind = Kind {
    name: "ppid-turned-round",
    rfc: "RFC 6458, section 5.3.2; RFC 9260, section 3.3.1",
    remedy: "the sender must convert the identifier with htonl() before it hands it to the socket",
    find,
};

fn find(case: &Case<'_>) -> Vec<Found> {
    let turned = case.it.turned_ppids.iter();
    let found = turned.filter_map(|(ppid, packets)| {
        let meant = ppid.turned_round()?;
        let words = format!(
            "PPID {ppid} is {} ({meant}) with its bytes turned round, on {}",
            meant.name().unwrap_or_default(),
            times(packets.count(), "message")
        );
        Some(Found::certain(words, packets.clone()))
    });
    found.collect()
}
