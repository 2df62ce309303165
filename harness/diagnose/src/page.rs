//! The first page of a diagnosis: the course of the associations in plain words.

use std::fmt::Write as _;
use std::net::IpAddr;

use crate::association::{Association, Ending};
use crate::evidence::Moment;
use crate::finding::{Certainty, Found, Kind};
use crate::findings;
use crate::follow::Follower;
use crate::words::{lasting, name, seconds, times, verb};

/// The most associations that are told one by one.
const TOLD: usize = 50;

/// The course of each association in plain words, one paragraph each.
#[must_use]
pub fn page(follower: &Follower) -> String {
    let mut page = String::new();
    let Some((first, end)) = follower.span else {
        return "no packet with SCTP\n".to_owned();
    };
    let all = follower.associations.iter().enumerate();
    let mut told: Vec<_> = all
        .map(|(number, it)| (number, it, findings(it, end)))
        .collect();
    let ill = told.iter().filter(|(.., found)| !found.is_empty()).count();
    let _ = writeln!(
        page,
        "{} in {}: {}",
        times(told.len() as u64, "association"),
        seconds(end.since(first)),
        match ill {
            0 => "nothing is wrong that the packets would show".to_owned(),
            ill if ill == told.len() && ill == 1 => "something is wrong".to_owned(),
            ill => format!("something is wrong with {ill}"),
        }
    );
    if follower.copies > 0 {
        let _ = writeln!(
            page,
            "{} captured before, at another interface or another host, and {} once",
            match follower.copies {
                1 => "1 packet was".to_owned(),
                copies => format!("{copies} packets were"),
            },
            verb(follower.copies, "counts", "count")
        );
    }
    for translation in &follower.translations {
        let _ = writeln!(page, "{translation}");
    }
    let cut: u64 = told.iter().map(|(_, it, _)| it.cut).sum();
    if cut > 0 {
        let _ = writeln!(
            page,
            "{} cut by the capture: bytes of user data are those that it has",
            match cut {
                1 => "1 packet is".to_owned(),
                cut => format!("{cut} packets are"),
            }
        );
    }
    if follower.left_out > 0 {
        let _ = writeln!(
            page,
            "left out, as there are too many associations: {} packets",
            follower.left_out
        );
    }
    let offloaded: u64 = told.iter().map(|(_, it, _)| it.no_checksums).sum();
    if offloaded > 0 {
        let _ = writeln!(
            page,
            "{} no checksum, as where it is left to the network card",
            match offloaded {
                1 => "1 packet has".to_owned(),
                offloaded => format!("{offloaded} packets have"),
            }
        );
    }
    // Associations with findings first, each group in the order of time.
    told.sort_by_key(|(number, _, found)| (found.is_empty(), *number));
    for (number, it, found) in told.iter().take(TOLD) {
        let _ = write!(page, "\n#{} {}", number + 1, life(it, end, first));
        for (_, one) in found {
            let _ = writeln!(page, "  {}", sentence(one));
        }
        for (kind, _) in tried(found) {
            let _ = writeln!(page, "  try: {}", kind.remedy);
        }
    }
    if told.len() > TOLD {
        let _ = writeln!(page, "\nand {} more associations", told.len() - TOLD);
    }
    page
}

/// The first three kinds of an association's findings, each once: the page shows their
/// remedies.
fn tried(found: &[(&'static Kind, Found)]) -> Vec<(&'static Kind, ())> {
    let mut tried: Vec<(&'static Kind, ())> = Vec::new();
    for (kind, _) in found {
        if tried.len() < 3 && tried.iter().all(|(it, ())| it.name != kind.name) {
            tried.push((kind, ()));
        }
    }
    tried
}

fn sentence(found: &Found) -> String {
    let sure = match found.certainty {
        Certainty::Certain => "✗",
        Certainty::Likely => "?",
    };
    format!("{sure} {}", found.words)
}

/// The course of an association: ends, handshake, data, paths and end.
fn life(it: &Association, end: Moment, first: Moment) -> String {
    let mut text = format!("{} ⇄ {}", name(it, 0), name(it, 1));
    let protocols = protocols(it);
    if !protocols.is_empty() {
        let _ = write!(text, ", {}", protocols.join(" and "));
    }
    text.push('\n');
    let began = seconds(it.first.since(first));
    let set_up = &it.set_up;
    let _ = match (set_up.inits.first(), set_up.cookie_acks.first()) {
        (Some(init), Some(up)) => writeln!(
            text,
            "  set up at {began} by {} in {}",
            name(it, 0),
            lasting(up.since(init))
        ),
        (Some(_), None) if it.was_up() => writeln!(text, "  set up at {began} by {}", name(it, 0)),
        (Some(_), None) => writeln!(text, "  called at {began} by {}, and never up", name(it, 0)),
        (None, _) => writeln!(text, "  up before the capture, or before {began}"),
    };
    for (side, arrow) in [(0, "→"), (1, "←")] {
        let flow = &it.ends[side].flow;
        if flow.chunks == 0 {
            continue;
        }
        let _ = write!(
            text,
            "  {arrow} {}, {} bytes",
            times(flow.chunks, "chunk"),
            flow.bytes
        );
        if let Some((least, most)) = flow.answered {
            let _ = write!(
                text,
                ", acknowledged in {} to {}",
                lasting(least),
                lasting(most)
            );
        }
        text.push('\n');
    }
    paths(&mut text, it);
    exchanges(&mut text, it);
    let _ = match &it.ending {
        Some(Ending::ShutDown { by, at }) => writeln!(
            text,
            "  shut down by {} at {}",
            name(it, *by),
            seconds(at.since(first))
        ),
        Some(Ending::Aborted { by, at, .. }) => writeln!(
            text,
            "  aborted by {} at {}",
            name(it, *by),
            seconds(at.since(first))
        ),
        None if it.was_up() && end.since(it.last) == 0 => {
            writeln!(text, "  not ended when the capture ends")
        }
        None if it.was_up() => writeln!(
            text,
            "  not ended when the capture ends; its last packet came {} before",
            lasting(end.since(it.last))
        ),
        None => Ok(()),
    };
    text
}

/// Writes the paths, if there are several.
fn paths(text: &mut String, it: &Association) {
    if it.paths.len() < 2 {
        return;
    }
    for path in &it.paths {
        let [one, other]: [IpAddr; 2] = path.addresses;
        let data: u64 = path.ways.iter().map(|it| it.data).sum();
        let asked: u64 = path.ways.iter().map(|it| it.heartbeats).sum();
        let answered: u64 = path.ways.iter().map(|it| it.answered).sum();
        let _ = write!(text, "  path {one} – {other}: {}", times(data, "chunk"));
        if asked > 0 {
            let _ = write!(
                text,
                ", {answered} of {} answered",
                times(asked, "HEARTBEAT")
            );
        }
        text.push('\n');
    }
}

/// The most kinds of message that are told of an association.
const KINDS_TOLD: usize = 12;

/// Writes each kind of message, with its answers and their times.
fn exchanges(text: &mut String, it: &Association) {
    let all = &it.exchanges.by_kind;
    for ((protocol, procedure, side), exchange) in all.iter().take(KINDS_TOLD) {
        let arrow = if *side == 0 { "→" } else { "←" };
        let _ = write!(
            text,
            "  {arrow} {protocol} {procedure} × {}",
            exchange.count
        );
        if let Some((least, most)) = exchange.took {
            let answered = match exchange.answered == exchange.count {
                true => "answered".to_owned(),
                false => format!("{} answered", exchange.answered),
            };
            let _ = match least == most {
                true => write!(text, ", {answered} in {}", lasting(most)),
                false => write!(
                    text,
                    ", {answered} in {} to {}",
                    lasting(least),
                    lasting(most)
                ),
            };
        }
        if !exchange.failed.is_empty() {
            let _ = write!(text, ", {} with a failure", exchange.failed.count());
        }
        text.push('\n');
    }
    if all.len() > KINDS_TOLD {
        let _ = writeln!(
            text,
            "  and {} more kinds of message",
            all.len() - KINDS_TOLD
        );
    }
}

/// The application protocols of an association, by name.
fn protocols(it: &Association) -> Vec<&'static str> {
    let mut protocols: Vec<&'static str> = Vec::new();
    for (protocol, ..) in it.exchanges.by_kind.keys() {
        if !protocols.contains(protocol) {
            protocols.push(protocol);
        }
    }
    protocols
}
