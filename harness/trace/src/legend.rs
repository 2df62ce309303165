//! What the ladder of a capture needs to be told beforehand.

use std::fmt;

use super::Survey;
use super::ends::End;

/// So many lines of a kind are shown.
const SHOWN: usize = 24;

impl Survey {
    /// The names of the hosts: the first address of each, and how many more it
    /// has.
    #[must_use]
    pub fn host_names(&self) -> Vec<String> {
        let names = self.hosts.iter().map(|ends| match ends.as_slice() {
            [] => "?".to_owned(),
            [only] => only.to_string(),
            [first, more @ ..] => format!("{first} +{}", more.len()),
        });
        names.collect()
    }
}

/// Prints what was counted, the addresses of each host, and the addresses that
/// each path joins.
pub struct Legend<'s>(pub &'s Survey);

impl fmt::Display for Legend<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Survey {
            hosts,
            paths,
            counts,
            ..
        } = self.0;
        writeln!(
            f,
            "{} packets, {} with SCTP between {} hosts on {} paths",
            counts.packets,
            counts.sctp,
            hosts.len(),
            paths.len()
        )?;
        let notes = [
            (counts.copies, "were seen at another interface before"),
            (
                counts.left_out,
                "are left out: there are too many conversations",
            ),
            (
                counts.fragments,
                "are fragments of IP packets, which are not put together",
            ),
            (
                counts.undecoded,
                "have a link type that is not known, and are left out",
            ),
        ];
        for (count, words) in notes.iter().filter(|(count, _)| *count > 0) {
            writeln!(f, "{count} {words}")?;
        }
        let several = hosts.iter().filter(|ends| ends.len() > 1);
        for ends in several.clone().take(SHOWN) {
            let ends: Vec<String> = ends.iter().map(End::to_string).collect();
            writeln!(f, "host {}", ends.join(", "))?;
        }
        more(f, several.count(), "hosts")?;
        for path in paths.iter().take(SHOWN) {
            let [(one, _), (other, _)] = path.ends;
            writeln!(f, "{}: {one} – {other}", path.name)?;
        }
        more(f, paths.len(), "paths")
    }
}

fn more(f: &mut fmt::Formatter<'_>, count: usize, what: &str) -> fmt::Result {
    match count.checked_sub(SHOWN) {
        None | Some(0) => Ok(()),
        Some(more) => writeln!(f, "and {more} more {what}"),
    }
}
