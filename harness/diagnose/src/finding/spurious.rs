//! The finding of spurious retransmissions: data that had arrived is sent again.

use super::{Alike, Case, Doubt, Found, Kind};
use crate::words::{name, times};
pub(super) const KIND: Kind = Kind {
    name: "spurious-retransmissions",
    says: "chunks are sent again that had arrived",
    rfc: "RFC 9260, section 6.3; RFC 5682",
    doubt: Doubt::Never,
    remedy: "compare the round-trip time with RTO.Min of the sender, and look for SACKs that are lost or late on the way back",
    alike: Alike {
        run: "fast-retransmit",
        why: "what is sent again had not arrived, as the SACKs before it tell",
    },
    find,
};

fn find(case: &Case<'_>) -> Vec<Found> {
    let it = case.it;
    let mut found = Vec::new();
    for (side, end) in it.ends.iter().enumerate() {
        let flow = &end.flow;
        // Retransmissions that a late SACK explains are the finding `timers-unfit`.
        if flow.spurious.is_empty() || !flow.late_sacks.is_empty() {
            continue;
        }
        let words = format!(
            "{} of {} had arrived before they were sent again",
            times(flow.spurious.count(), "chunk"),
            name(it, side)
        );
        found.push(Found::certain(words, flow.spurious.clone()));
    }
    found
}
