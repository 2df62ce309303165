//! The finding that the sender's retransmission timer is shorter than the receiver's delay
//! of the SACK.

use super::{Alike, Case, Doubt, Found, Kind};
use crate::words::{name, seconds};
pub(super) const KIND: Kind = Kind {
    name: "timers-unfit",
    says: "a retransmission timer runs out before the SACK comes, which the receiver delays",
    rfc: "RFC 9260, sections 6.2 and 6.3.1",
    doubt: Doubt::Never,
    remedy: "raise RTO.Min at the sender, or lower the delay of the SACK at the receiver (SCTP_DELAYED_SACK): RTO.Min must exceed that delay by a round trip",
    alike: Alike {
        run: "one-way-loss",
        why: "SACKs are lost, not late",
    },
    find,
};

fn find(case: &Case<'_>) -> Vec<Found> {
    let it = case.it;
    let mut found = Vec::new();
    for (side, end) in it.ends.iter().enumerate() {
        let late = &end.flow.late_sacks;
        let Some((timer, _)) = late.iter().min() else {
            continue;
        };
        let slowest = late.iter().map(|(_, sack)| *sack).max().unwrap_or_default();
        let words = format!(
            "the timer of {} runs out after {}, and the SACKs of {} take up to {}",
            name(it, side),
            seconds(*timer),
            name(it, 1 - side),
            seconds(slowest)
        );
        found.push(Found::certain(words, end.flow.spurious.clone()));
    }
    found
}
