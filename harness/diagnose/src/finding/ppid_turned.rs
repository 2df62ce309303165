//! The finding that a PPID is in the wrong byte order.

use super::{Alike, Case, Doubt, Found, Kind};
use crate::words::times;
pub(super) const KIND: Kind = Kind {
    name: "ppid-turned-round",
    says: "a PPID is that of a known protocol with its bytes turned round",
    rfc: "RFC 6458, section 5.3.4; RFC 9260, section 3.3.1",
    doubt: Doubt::Never,
    remedy: "the sender must convert the identifier with htonl() before it hands it to the socket",
    alike: Alike {
        run: "ppid-missing",
        why: "PPID 0 is the same in any order of bytes",
    },
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
