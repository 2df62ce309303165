//! The finding that a COOKIE ECHO is not answered.

use super::{Alike, Case, Doubt, Found, Kind};
use crate::words::{name, times};
pub(super) const KIND: Kind = Kind {
    name: "cookie-unanswered",
    says: "a COOKIE ECHO is not answered, though the INIT before it was",
    rfc: "RFC 9260, section 5.1.5",
    doubt: Doubt::Never,
    remedy: "see whether large packets get through (the cookie makes this one larger than the INIT), and whether the other host drops cookies as stale",
    alike: Alike {
        run: "cookie-echo-lost",
        why: "a later COOKIE ECHO arrives, and the association comes up",
    },
    find,
};

fn find(case: &Case<'_>) -> Vec<Found> {
    let it = case.it;
    let cookies = &it.set_up.cookies;
    let is_up = !it.set_up.cookie_acks.is_empty() || it.ends[1].flow.chunks > 0;
    // A capture of one end only has no answers of the other.
    if cookies.count() < 2 || !it.is_seen_both_ways() || is_up || it.ends[0].flow.answered.is_some()
    {
        return Vec::new();
    }
    let words = format!(
        "{} of {} are not answered, though its INIT was",
        times(cookies.count(), "COOKIE ECHO"),
        name(it, 0)
    );
    vec![Found::certain(words, cookies.clone())]
}
