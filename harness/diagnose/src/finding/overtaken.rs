//! The finding that packets are reordered.

use super::{Alike, Case, Doubt, Found, Kind};
use crate::words::{name, times, verb};
pub(super) const KIND: Kind = Kind {
    name: "reordered",
    says: "chunks come at once after one of a higher TSN, and are sent once only",
    rfc: "RFC 9260, section 6.6",
    doubt: Doubt::Always("they were captured in another order than they came in"),
    remedy: "look for links or queues in parallel that packets of one path are spread over",
    alike: Alike {
        run: "gap-ack",
        why: "the chunk behind a higher TSN is a retransmission: it was lost",
    },
    find,
};

fn find(case: &Case<'_>) -> Vec<Found> {
    let it = case.it;
    let mut found = Vec::new();
    for (side, end) in it.ends.iter().enumerate() {
        if end.flow.overtaken.is_empty() {
            continue;
        }
        let words = format!(
            "{} of {} {} after a higher TSN",
            times(end.flow.overtaken.count(), "chunk"),
            name(it, side),
            verb(end.flow.overtaken.count(), "comes", "come")
        );
        found.push(Found::certain(words, end.flow.overtaken.clone()).unless(&KIND));
    }
    found
}
