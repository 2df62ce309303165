//! The finding that an established association was aborted.

use super::{Alike, Case, Doubt, Found, Kind};
use crate::association::Ending;
use crate::words::{name, seconds};
pub(super) const KIND: Kind = Kind {
    name: "aborted",
    says: "an association that was up ends by an ABORT",
    rfc: "RFC 9260, sections 3.3.7 and 9.1",
    doubt: Doubt::Never,
    remedy: "look at the application of the host that sent the ABORT: its log at that time, and what the cause says",
    alike: Alike {
        run: "closed-port",
        why: "the ABORT answers an INIT, so no association was up: that is `init-refused`",
    },
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
