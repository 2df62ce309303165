//! The summary of a run: the main events in words.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use bounds::Timing;
use maud::{Markup, html};
use recording::{AssociationName, Event, PathSample, Time};

use super::Run;
use super::data::{addresses, lines_of, micros};
use crate::hosts::{Host, Hosts, Link};
use crate::lanes::LOST;
use crate::line::{Line, PacketLine, StepKind, What};
use crate::pairing::End;
use crate::text::count;

/// Greatest number of events. A longer list would be no summary.
const MOST: usize = 40;

/// A main event: its time, and its link if it has one.
struct Turn {
    at: Time,
    link: Option<usize>,
    words: String,
}

/// The main events: steps that change something, the first loss after each, changes of a
/// path's state, and moves of the data to another path.
pub(super) fn turns(run: &Run<'_>, hosts: &Hosts) -> Markup {
    let mut turns = of_lines(run, hosts);
    turns.extend(of_paths(run, hosts));
    turns.sort_by_key(|turn| turn.at);
    let left_out = turns.len().saturating_sub(MOST);
    turns.truncate(MOST);
    html! {
        @if !turns.is_empty() {
            h2 { "What happened" }
            ol.turns {
                @for turn in &turns {
                    li class=[turn.link.map(|link| format!("path-{}", link % 6))] {
                        button type="button" data-t=(micros(turn.at)) {
                            (turn.at.to_string()) " s"
                        }
                        " " (turn.words)
                    }
                }
                @if left_out > 0 { li { "… and " (left_out) " more, in the ladder" } }
            }
        }
    }
}

fn of_lines(run: &Run<'_>, hosts: &Hosts) -> Vec<Turn> {
    let mut turns = Vec::new();
    let mut lost: BTreeSet<Link> = BTreeSet::new();
    let mut data: BTreeMap<(Host, Host), Link> = BTreeMap::new();
    for Line { at, what } in lines_of(run, hosts, true) {
        let (link, words) = match what {
            What::Step(step) if step.kind != StepKind::Waits => {
                lost.clear();
                (None, step.text)
            }
            What::Packet(packet) => {
                let words = if packet.end == End::Lost {
                    lost.insert(packet.link).then(|| first_lost(&packet, hosts))
                } else if packet.carries_data() {
                    moved(&packet, hosts, &mut data)
                } else {
                    None
                };
                let Some(words) = words else { continue };
                (Some(packet.link.0), words)
            }
            What::Step(_) | What::Note(_) | What::Folded(_) => continue,
        };
        turns.push(Turn { at, link, words });
    }
    turns
}

fn first_lost(packet: &PacketLine, hosts: &Hosts) -> String {
    let why = packet.fault.as_deref().unwrap_or(LOST);
    format!(
        "the first packet that {} loses on {}: {} ({why})",
        hosts.name(packet.from),
        hosts.link(packet.link),
        packet.label(hosts),
    )
}

/// Detects that arriving data use another path than before.
fn moved(
    packet: &PacketLine,
    hosts: &Hosts,
    data: &mut BTreeMap<(Host, Host), Link>,
) -> Option<String> {
    let before = data.insert((packet.from, packet.to), packet.link)?;
    (before != packet.link).then(|| {
        format!(
            "data from {} goes over {} now, no longer over {}",
            hosts.name(packet.from),
            hosts.link(packet.link),
            hosts.link(before),
        )
    })
}

/// The changes of state of each path.
fn of_paths(run: &Run<'_>, hosts: &Hosts) -> Vec<Turn> {
    let links = addresses(run, hosts);
    let mut before: BTreeMap<(&str, &AssociationName, IpAddr), &PathSample> = BTreeMap::new();
    let mut timers: BTreeMap<(&str, Option<IpAddr>), &Timing> = BTreeMap::new();
    let mut turns = Vec::new();
    for observation in &run.recording.observations {
        match &observation.event {
            Event::Timers {
                endpoint,
                address,
                timers: timing,
                ..
            } => {
                timers.insert((endpoint, *address), timing);
            }
            Event::Path {
                endpoint,
                association,
                sample,
            } => {
                let path = (endpoint.as_str(), association, sample.address);
                let last = before.insert(path, sample);
                if last.is_none_or(|last| last.state == sample.state) {
                    continue;
                }
                let own = timers.get(&(endpoint.as_str(), Some(sample.address)));
                let timing = own.or_else(|| timers.get(&(endpoint.as_str(), None)));
                let link = links.get(&sample.address).copied();
                let name = link.map(|link| format!(" ({})", hosts.link(Link(link))));
                turns.push(Turn {
                    at: observation.at,
                    link,
                    words: format!(
                        "{endpoint}: the path to {}{} is {}",
                        sample.address,
                        name.unwrap_or_default(),
                        state(sample, timing.copied()),
                    ),
                });
            }
            _ => {}
        }
    }
    turns
}

/// The state in words, and the limit whose excess caused the state, if one did.
fn state(now: &PathSample, timing: Option<&Timing>) -> String {
    let (words, limit) = match now.state.as_str() {
        "SCTP_ACTIVE" => return "active".to_owned(),
        "SCTP_UNCONFIRMED" => return "not confirmed".to_owned(),
        "SCTP_INACTIVE" => (
            "inactive, that is unreachable",
            timing.map(|it| ("Path.Max.Retrans", it.path_max_retrans)),
        ),
        _ => (
            "potentially failed",
            timing.and_then(|it| Some(("PotentiallyFailed.Max.Retrans", it.potentially_failed?))),
        ),
    };
    match (now.error_count, limit) {
        (Some(errors), Some((name, limit))) if errors > u32::from(limit) => {
            let errors = count(errors.into(), "error");
            format!("{words}: {errors}, more than {name} ({limit})")
        }
        _ => words.to_owned(),
    }
}
