//! The finding that an INIT is refused.

use super::{Alike, Case, Doubt, Found, Kind};
use crate::association::Ending;
use crate::words::name;
pub(super) const KIND: Kind = Kind {
    name: "init-refused",
    says: "an INIT is answered by an ABORT",
    rfc: "RFC 9260, sections 5.1 and 8.4",
    doubt: Doubt::Never,
    remedy: "see whether an endpoint listens on that address and port, and what the cause says",
    alike: Alike {
        run: "abort",
        why: "the ABORT ends an association that was up: that is `aborted`",
    },
    find,
};

fn find(case: &Case<'_>) -> Vec<Found> {
    let it = case.it;
    let calls = !it.set_up.inits.is_empty() && it.set_up.cookie_acks.is_empty();
    match &it.ending {
        Some(Ending::Aborted { by, at, causes }) if calls && !it.was_up() => {
            let cause = match causes.is_empty() {
                true => "without a cause, as for a port on which nobody listens".to_owned(),
                false => format!("\"{causes}\""),
            };
            let words = format!("{} refuses the association: ABORT, {cause}", name(it, *by));
            let packets = it.set_up.inits.first().into_iter().chain([*at]);
            vec![Found::certain(words, packets.collect())]
        }
        _ => Vec::new(),
    }
}
