//! The finding that data is lost and retransmitted.

use super::{Alike, Case, Doubt, Found, Kind};
use crate::words::{name, seconds, times};
pub(super) const KIND: Kind = Kind {
    name: "lost",
    says: "chunks are sent again that had not arrived",
    rfc: "RFC 9260, sections 6.3.3 and 7.2.4",
    doubt: Doubt::Where {
        this: "each was captured once only, behind higher TSNs",
        or_else: "they were overtaken by others on the way",
    },
    remedy: "look for losses on the path: queues, errors of interfaces, rate limits; capture at the other host to see where",
    alike: Alike {
        run: "one-way-loss",
        why: "only the SACKs are lost: all that is sent again had arrived",
    },
    find,
};

fn find(case: &Case<'_>) -> Vec<Found> {
    let it = case.it;
    let mut found = Vec::new();
    for (side, end) in it.ends.iter().enumerate() {
        let flow = &end.flow;
        let needed =
            flow.retransmissions.count() - flow.spurious.count().min(flow.retransmissions.count());
        let before = flow.lost_before.count();
        if needed + before == 0 {
            continue;
        }
        let words = format!(
            "{} sends {} again that had not arrived, of {}",
            name(it, side),
            times(needed + before, "chunk"),
            flow.chunks,
        );
        let packets = match needed {
            0 => &flow.lost_before,
            _ => &flow.retransmissions,
        };
        let mut one = Found::certain(words, packets.clone());
        if needed == 0 {
            one = one.unless(&KIND);
        }
        if before > 0 {
            one = one.detail(format!(
                "{} of them were captured for the first time after higher ones: they were lost before the place of the capture",
                before
            ));
        }
        for (at, took, before) in &flow.timers {
            one = one.detail(format!(
                "frame {}: transmission {} of a chunk, after {}",
                at.number,
                before + 1,
                seconds(*took)
            ));
        }
        if flow.spurious.count() > 0 {
            one = one.detail(format!(
                "{} more had arrived already",
                flow.spurious.count()
            ));
        }
        found.push(one);
    }
    found
}
