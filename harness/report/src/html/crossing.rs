//! The fate of packets between the places where they left and arrived, if both were
//! captured: losses, duplicates, reordering.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::hash::{DefaultHasher, Hasher as _};

use maud::{Markup, html};
use serde_json::{Value, json};

use super::data::micros;
use crate::hosts::{Host, Hosts, Link};
use crate::line::{Content, Line, PacketLine, What};
use crate::pairing::End;
use crate::text::count;

/// Number of arrived packets that are remembered in each direction, to recognise
/// duplicates.
const REMEMBERED: usize = 4_096;

/// Greatest number of lost, duplicated or overtaken packets that are listed.
const NAMED: usize = 200;

/// The counts of each direction of each link.
#[derive(Debug, Default)]
pub(super) struct Crossing {
    ways: BTreeMap<(Link, Host, Host), Way>,
    named: Vec<Named>,
    unnamed: u64,
}

#[derive(Debug, Default)]
struct Way {
    sent: u64,
    arrived: u64,
    lost: u64,
    under_way: u64,
    /// Packets that arrived before one that had been sent earlier.
    overtook: u64,
    duplicated: u64,
    /// Packets that were not captured where they left.
    only_arrived: u64,
    least: Option<u64>,
    most: u64,
    sum: u64,
    /// Time of the latest arrival among the packets that were sent so far.
    latest: u64,
    recent: Recent,
}

/// The last packets that arrived, by their content.
#[derive(Debug, Default)]
struct Recent {
    known: BTreeSet<u64>,
    in_order: VecDeque<u64>,
}

#[derive(Debug)]
struct Named {
    t: u64,
    words: String,
}

impl Crossing {
    pub(super) fn take_in(&mut self, line: &Line, hosts: &Hosts) {
        let What::Packet(packet) = &line.what else {
            return;
        };
        if packet.end == End::Unseen {
            return;
        }
        let Content::Sctp { packet: sctp, .. } = &packet.content else {
            return;
        };
        let key = (packet.link, packet.from, packet.to);
        let way = self.ways.entry(key).or_default();
        let at = micros(line.at);
        let mut hasher = DefaultHasher::new();
        hasher.write(&sctp.packet.encode());
        let fate = way.take_in(packet.end, at, hasher.finish());
        if let Some(fate) = fate {
            self.name(at, fate, packet, hosts);
        }
    }

    fn name(&mut self, t: u64, fate: &str, packet: &PacketLine, hosts: &Hosts) {
        if self.named.len() >= NAMED {
            self.unnamed += 1;
            return;
        }
        let frame = match (packet.frame, packet.file) {
            (Some(frame), Some(file)) => format!(" (frame {frame} of file {})", file + 1),
            (Some(frame), None) => format!(" (frame {frame})"),
            (None, _) => String::new(),
        };
        let (from, to) = (hosts.name(packet.from), hosts.name(packet.to));
        self.named.push(Named {
            t,
            words: format!(
                "{fate} on {}, {from} → {to}: {}{frame}",
                hosts.link(packet.link),
                packet.label(hosts),
            ),
        });
    }

    /// The same as JSON.
    pub(super) fn json(&self, hosts: &Hosts) -> Vec<Value> {
        let ways = self.ways.iter().map(|((link, from, to), way)| {
            json!({
                "link": hosts.link(*link),
                "from": hosts.name(*from),
                "to": hosts.name(*to),
                "sent": way.sent,
                "arrived": way.arrived,
                "lost": way.lost,
                "under-way": way.under_way,
                "duplicated": way.duplicated,
                "reordered": way.overtook,
                "only-arrived": way.only_arrived,
                "least-us": way.least,
                "mean-us": way.mean(),
                "most-us": way.least.map(|_| way.most),
            })
        });
        ways.collect()
    }

    pub(super) fn table(&self, hosts: &Hosts) -> Markup {
        let time = |micros: Option<u64>| match micros {
            Some(micros) => format!("{:.3} ms", micros as f64 / 1e3),
            None => String::new(),
        };
        let titles = [
            "way",
            "sent",
            "arrived",
            "lost",
            "came twice",
            "overtook others",
            "captured only at the receiver",
            "shortest",
            "mean",
            "longest",
        ];
        html! {
            @if !self.ways.is_empty() {
                div.wide tabindex="0" role="group" aria-label="packets between sender and receiver" {
                    table.traffic {
                        caption { "Packets between sender and receiver" }
                        thead { tr { @for it in titles { th scope="col" { (it) } } } }
                        tbody {
                            @for ((link, from, to), way) in &self.ways {
                                tr {
                                    th scope="row" {
                                        (hosts.name(*from)) " → " (hosts.name(*to)) " on " (hosts.link(*link))
                                    }
                                    td.number { (way.sent) }
                                    td.number { (way.arrived) }
                                    td.number.bad[way.lost > 0] { (way.lost) }
                                    td.number { (way.duplicated) }
                                    td.number { (way.overtook) }
                                    td.number { (way.only_arrived) }
                                    td.number { (time(way.least)) }
                                    td.number { (time(way.mean())) }
                                    td.number { (time(way.least.map(|_| way.most))) }
                                }
                            }
                        }
                    }
                }
                @if !self.named.is_empty() {
                    details {
                        summary { "Packets that were lost, duplicated or reordered" }
                        ul.turns {
                            @for it in &self.named {
                                li {
                                    button type="button" data-t=(it.t) {
                                        (format!("{:.3}", it.t as f64 / 1e6)) " s"
                                    }
                                    " " (it.words)
                                }
                            }
                            @if self.unnamed > 0 { li { "and " (count(self.unnamed, "more packet")) } }
                        }
                    }
                }
            }
        }
    }
}

impl Way {
    /// Counts a packet. Returns its fault, if it has one.
    fn take_in(&mut self, end: End, at: u64, holds: u64) -> Option<&'static str> {
        match end {
            End::Arrived(arrived) => {
                let arrived = micros(arrived);
                let took = arrived.saturating_sub(at);
                self.sent += 1;
                self.arrived += 1;
                self.least = Some(self.least.map_or(took, |it| it.min(took)));
                self.most = self.most.max(took);
                self.sum += took;
                self.recent.remember(holds);
                let overtaken = arrived < self.latest;
                self.latest = self.latest.max(arrived);
                self.overtook += u64::from(overtaken);
                overtaken.then_some("overtook others")
            }
            End::Lost => {
                (self.sent, self.lost) = (self.sent + 1, self.lost + 1);
                Some("lost")
            }
            End::UnderWay => {
                (self.sent, self.under_way) = (self.sent + 1, self.under_way + 1);
                None
            }
            End::OutOfNowhere if self.recent.known.contains(&holds) => {
                self.duplicated += 1;
                Some("came twice")
            }
            End::OutOfNowhere => {
                self.only_arrived += 1;
                self.recent.remember(holds);
                None
            }
            End::Unseen => None,
        }
    }

    fn mean(&self) -> Option<u64> {
        self.sum.checked_div(self.arrived)
    }
}

impl Recent {
    fn remember(&mut self, holds: u64) {
        if self.known.insert(holds) {
            self.in_order.push_back(holds);
        }
        if self.in_order.len() > REMEMBERED
            && let Some(oldest) = self.in_order.pop_front()
        {
            self.known.remove(&oldest);
        }
    }
}
