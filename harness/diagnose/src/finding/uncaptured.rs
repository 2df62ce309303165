//! The finding that the capture lacks packets.

use super::{Alike, Case, Doubt, Found, Kind};
use crate::words::{name, times, verb};
pub(super) const KIND: Kind = Kind {
    name: "not-captured",
    says: "TSNs are acknowledged that the capture does not have",
    rfc: "RFC 9260, section 6.2",
    doubt: Doubt::Always("the receiver acknowledges what was never sent"),
    remedy: "capture at all interfaces that the paths use, with a larger buffer (`tcpdump -B 65536`): times and losses may be told wrongly where packets are missing",
    alike: Alike {
        run: "partial-reliability-ttl",
        why: "a FORWARD TSN tells that the sender has given them up",
    },
    find,
};

fn find(case: &Case<'_>) -> Vec<Found> {
    let it = case.it;
    let mut found = Vec::new();
    for (side, end) in it.ends.iter().enumerate() {
        let flow = &end.flow;
        if flow.uncaptured == 0 {
            continue;
        }
        let words = format!(
            "{} of {} {} acknowledged that the capture does not have",
            times(flow.uncaptured, "TSN"),
            name(it, side),
            verb(flow.uncaptured, "is", "are")
        );
        found.push(Found::certain(words, flow.acknowledged_unseen.clone()).unless(&KIND));
    }
    found
}
