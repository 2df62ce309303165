//! The legend before the ladder of a capture: counts, hosts and paths.

use std::fmt;

use recording::Time;
use report::{count, escape};
use trace::{Clock, End, Sides, Survey, Together};

use crate::known::Known;

/// Greatest number of lines of a kind.
const SHOWN: usize = 24;

/// Prints what was counted, the addresses of each host, and the addresses that
/// each path joins.
pub(crate) struct Legend<'s>(pub(crate) &'s Survey);

impl fmt::Display for Legend<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Survey {
            hosts,
            names,
            paths,
            counts,
            start_ns,
            translations,
            ..
        } = self.0;
        writeln!(
            f,
            "{}, {} with SCTP between {} on {}",
            count(counts.packets, "packet"),
            counts.sctp,
            count(hosts.len() as u64, "host"),
            count(paths.len() as u64, "path")
        )?;
        writeln!(f, "from {} on", report::date(*start_ns, Time::ZERO))?;
        let notes = [
            (counts.copies, "captured before, and left out"),
            (counts.icmp, "ICMP errors about packets with SCTP"),
            (
                counts.left_out,
                "left out, as there are too many conversations",
            ),
            (
                counts.unjoined,
                "tags and addresses too many to be remembered, so that one host may be shown as several",
            ),
            (
                counts.zero_checksums,
                "with checksum zero, left to a network card or never filled in",
            ),
            (counts.put_together, "put together from IP fragments"),
            (
                counts.fragments,
                "IP fragments of packets whose other fragments are missing",
            ),
            (
                counts.undecoded,
                "of link types that are not known, and left out",
            ),
        ];
        for (count, words) in notes.iter().filter(|(count, _)| *count > 0) {
            writeln!(f, "{words}: {count}")?;
        }
        // A host with a single address and no name is called by this address.
        let named = hosts.iter().zip(names);
        let several = named.filter(|(ends, name)| ends.len() > 1 || name.is_some());
        for (ends, name) in several.clone().take(SHOWN) {
            let shown: Vec<String> = ends.iter().take(SHOWN).map(End::to_string).collect();
            let name = name.iter().map(|name| format!("{}: ", escape(name)));
            write!(f, "host {}{}", name.collect::<String>(), shown.join(", "))?;
            match ends.len().saturating_sub(SHOWN) {
                0 => writeln!(f)?,
                more => writeln!(f, " and {more} more")?,
            }
        }
        more(f, several.count(), "hosts")?;
        for path in paths.iter().take(SHOWN) {
            let [(one, _), (other, _)] = path.ends;
            writeln!(f, "{}: {one} – {other}", path.name)?;
        }
        more(f, paths.len(), "paths")?;
        for translation in translations.iter().take(SHOWN) {
            writeln!(f, "{translation}")?;
        }
        more(f, translations.len(), "translations")
    }
}

/// The lines about several captures: the number of each file, and how their times relate.
pub(crate) fn beside(known: &Known) -> String {
    let Known::Together(all) = known else {
        return String::new();
    };
    let files = all.files().iter().enumerate().map(|(number, file)| {
        let name = file.display().to_string();
        format!("{}: {}\n", number + 1, escape(&name))
    });
    let words = match &all.sides {
        Some(sides) => format!("{}\n", side_by_side(all, sides)),
        None => "in the order of time, with clocks that are taken to agree; a packet in several captures is shown once\n".to_owned(),
    };
    files.chain([words]).collect()
}

fn side_by_side(all: &Together, sides: &Sides) -> String {
    let names = all.survey.host_names();
    let at = all.hosts_at().map(|hosts| {
        let hosts = hosts.iter().map(|it| escape(&names[*it]));
        hosts.collect::<Vec<String>>().join(", ")
    });
    let [one, other] = at;
    format!(
        "side by side: 1 is at {one}, 2 at {other}; times are those of 1\n{}",
        in_words(&sides.clock)
    )
}

fn in_words(clock: &Clock) -> String {
    let Some(within) = clock.within_ns else {
        return "both show packets of one way only, so that their clocks are taken to agree"
            .to_owned();
    };
    let which = if clock.ahead_ns < 0 {
        "behind"
    } else {
        "ahead"
    };
    let gains = match clock.gains_ns / 1e3 {
        0.0 => String::new(),
        gains if gains < 0.0 => format!(" and loses {:.1} µs in a second", -gains),
        gains => format!(" and gains {gains:.1} µs in a second"),
    };
    format!(
        "the clock of 2 is {:.6} s {which}{gains}: the error is at most {:.3} ms, and none if the shortest ways there and back take equally long",
        clock.ahead_ns.unsigned_abs() as f64 / 1e9,
        within as f64 / 1e6
    )
}

fn more(f: &mut fmt::Formatter<'_>, count: usize, what: &str) -> fmt::Result {
    match count.checked_sub(SHOWN) {
        None | Some(0) => Ok(()),
        Some(more) => writeln!(f, "and {more} more {what}"),
    }
}
