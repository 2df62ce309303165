//! The finding that an established association was aborted.

use super::{Case, Found, Kind};
use crate::association::Ending;
use crate::words::{name, seconds};
pub(super) const KIND: Kind = Kind {
    name: "aborted",
    rfc: "RFC 9260, sections 3.3.7 and 9.1",
    remedy: "look at the application of the host that sent the ABORT: its log at that time, and what the cause says",
    find,
};

fn find(case: &Case<'_>) -> Vec<Found> {
    let it = case.it;
    match &it.ending {
        Some(Ending::Aborted { by, at, causes }) if it.was_up() => {
            let cause = match causes.is_empty() {
                true => "without a cause".to_owned(),
                false => format!("\"{causes}\""),
            };
            let words = format!(
                "{} aborts the association after {}, {cause}",
                name(it, *by),
                seconds(at.since(it.first))
            );
            vec![Found::certain(words, [*at].into_iter().collect())]
        }
        _ => Vec::new(),
    }
}
