//! The finding that a healthy association transfers no data.

use super::{Alike, Case, Doubt, Found, Kind};
use crate::words::{seconds, times};
pub(super) const KIND: Kind = Kind {
    name: "no-data",
    says: "an association is well for a minute or longer, as its HEARTBEATs show, and carries no data",
    rfc: "RFC 9260, section 8.3",
    doubt: Doubt::Never,
    remedy: "look at the applications: SCTP works, and neither hands a message to it",
    alike: Alike {
        run: "autoclose",
        why: "the association has carried data before it is idle",
    },
    find,
};

fn find(case: &Case<'_>) -> Vec<Found> {
    let it = case.it;
    let ways = it.paths.iter().flat_map(|path| &path.ways);
    let answered: u64 = ways.map(|way| way.answered).sum();
    let has_data = it.ends.iter().any(|end| end.flow.chunks > 0);
    let lasted = it.last.since(it.first);
    if has_data || answered < 3 || lasted < LONG {
        return Vec::new();
    }
    let words = format!(
        "no data moves in {}, though {} are answered",
        seconds(lasted),
        times(answered, "HEARTBEAT")
    );
    vec![Found::certain(
        words,
        [it.first, it.last].into_iter().collect(),
    )]
}

/// The shortest duration of an idle association, in nanoseconds: twice HB.interval (RFC
/// 9260, section 16).
const LONG: u64 = 60_000_000_000;
