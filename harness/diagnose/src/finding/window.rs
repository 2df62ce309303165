//! The finding that a receiver's window is closed.

use super::{Alike, Case, Doubt, Found, Kind};
use crate::words::{name, seconds};
pub(super) const KIND: Kind = Kind {
    name: "window-closed",
    says: "a receiver closes its window",
    rfc: "RFC 9260, section 6.2.1",
    doubt: Doubt::Never,
    remedy: "see why the application of that host does not read: it is slow, hangs, or its buffer is small (SO_RCVBUF)",
    alike: Alike {
        run: "zero-window-1",
        why: "the window becomes small and is never closed",
    },
    find,
};

fn find(case: &Case<'_>) -> Vec<Found> {
    let it = case.it;
    let mut found = Vec::new();
    for (side, end) in it.ends.iter().enumerate() {
        let flow = &end.flow;
        if flow.closed.is_empty() {
            continue;
        }
        let still = match flow.closed_since {
            Some(_) => ", and is closed at the end",
            None => "",
        };
        let words = format!(
            "{} closes its window, for {} at the longest{still}",
            name(it, 1 - side),
            seconds(flow.closed_longest)
        );
        found.push(Found::certain(words, flow.closed.clone()));
    }
    found
}
