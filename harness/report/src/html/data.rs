//! The data that the page's script draws.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use recording::Time;
use serde::Serialize;

use super::Run;
use super::details::{ChunkDetails, chunks, header};
use super::flight::{self, Flights};
use super::series::{self, Series};
use super::traffic::{Drawn, Traffic};
use crate::hosts::{Host, Hosts};
use crate::ladder;
use crate::line::{Line, NoteKind, PacketLine, StepKind, What};
use crate::pairing::End;
use crate::setting::Setting;
use crate::tally::Tally;

/// All data of a run that are drawn. Times are in microseconds since its start.
#[derive(Serialize)]
pub(super) struct Data<'a> {
    hosts: Vec<String>,
    links: Vec<String>,
    /// The link of each address.
    addresses: BTreeMap<IpAddr, usize>,
    duration: u64,
    rows: Vec<Row>,
    series: Series,
    flight: Flights,
    /// The associations whose TSNs are drawn.
    tsns: Vec<Drawn<'a>>,
}

#[derive(Debug, Serialize)]
pub(super) struct Row {
    t: u64,
    /// The fold that hides the row, if one does. A fold's own row has `k: fold`.
    #[serde(skip_serializing_if = "Option::is_none")]
    fold: Option<usize>,
    #[serde(flatten)]
    content: Shown,
}

#[derive(Debug, Serialize)]
#[serde(tag = "k", rename_all = "kebab-case")]
enum Shown {
    Packet(Box<PacketRow>),
    Note {
        host: Option<usize>,
        kind: &'static str,
        text: String,
    },
    Step {
        kind: &'static str,
        text: String,
        #[serde(skip_serializing_if = "String::is_empty")]
        say: String,
    },
    Fold {
        text: String,
        until: u64,
        /// Whether the page lacks the packets of the fold, so that it cannot be opened.
        #[serde(skip_serializing_if = "std::ops::Not::not")]
        shut: bool,
    },
}

#[derive(Debug, Serialize)]
struct PacketRow {
    from: usize,
    to: usize,
    link: usize,
    label: String,
    /// Time of arrival. Absent if the packet did not arrive, or its arrival was not
    /// captured.
    #[serde(skip_serializing_if = "Option::is_none")]
    arrived: Option<u64>,
    lost: bool,
    #[serde(rename = "underWay")]
    under_way: bool,
    again: bool,
    data: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    fault: Option<String>,
    /// Number of the packet in the capture that the page includes, from 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<u64>,
    header: Vec<(&'static str, String)>,
    chunks: Vec<ChunkDetails>,
}

/// The data of a run. `full` are all lines of its ladder.
pub(super) fn of<'a>(
    run: &Run<'_>,
    hosts: &'a Hosts,
    traffic: &'a Traffic,
    full: Vec<Line>,
) -> Data<'a> {
    let recording = run.recording;
    Data {
        hosts: hosts.names().to_vec(),
        links: hosts.links().to_vec(),
        addresses: addresses(run, hosts),
        duration: micros(recording.info.duration),
        rows: rows(
            lines_of(run, hosts, false),
            full,
            hosts,
            said(run),
            usize::MAX,
        ),
        series: series::of(recording),
        flight: flight::of(recording, run.scenario),
        tsns: traffic.drawn(hosts),
    }
}

/// The data of a capture, of which only packets are known.
pub(super) fn of_capture<'a>(
    hosts: &'a Hosts,
    traffic: &'a Traffic,
    duration: u64,
    rows: Vec<Row>,
) -> Data<'a> {
    Data {
        hosts: hosts.names().to_vec(),
        links: hosts.links().to_vec(),
        addresses: BTreeMap::new(),
        duration,
        rows,
        series: Series::default(),
        flight: Flights::default(),
        tsns: traffic.drawn(hosts),
    }
}

/// The chunks that the associations of a run sent.
pub(super) fn traffic_of(run: &Run<'_>, hosts: &Hosts, full: &[Line]) -> Traffic {
    let setting = Setting::of(run.recording);
    let whose = |address: IpAddr| -> Option<Host> {
        let (host, _) = setting.addresses.get(&address)?;
        hosts.named(host)
    };
    let mut traffic = Traffic::default();
    for line in full {
        traffic.take_in(line, whose);
    }
    traffic.end();
    traffic
}

/// All lines, each with the fold that hides it. Once the fields of packets have taken
/// `room` bytes, further packets have none.
pub(super) fn rows(
    folded: impl IntoIterator<Item = Line>,
    full: impl IntoIterator<Item = Line>,
    hosts: &Hosts,
    mut said: impl Iterator<Item = String>,
    mut room: usize,
) -> Vec<Row> {
    let mut folds = Folds::of(folded.into_iter());
    let mut rows = Vec::new();
    for line in full {
        let fold = folds.of_line(&line, hosts, &mut rows);
        rows.extend(row(line, fold, hosts, &mut said, &mut room));
    }
    rows
}

/// The lines of a folded ladder, whose folds cannot be opened.
pub(super) fn shut_rows(
    folded: impl Iterator<Item = Line>,
    hosts: &Hosts,
    mut room: usize,
) -> Vec<Row> {
    let rows = folded.enumerate().filter_map(|(place, line)| {
        if let What::Folded(tally) = &line.what {
            return Some(Row {
                t: micros(line.at),
                fold: Some(place),
                content: Shown::Fold {
                    text: tally.words(hosts),
                    until: micros(tally.span.map_or(line.at, |(_, until)| until)),
                    shut: true,
                },
            });
        }
        row(line, None, hosts, &mut std::iter::empty(), &mut room)
    });
    rows.collect()
}

fn row(
    line: Line,
    fold: Option<usize>,
    hosts: &Hosts,
    said: &mut impl Iterator<Item = String>,
    room: &mut usize,
) -> Option<Row> {
    let content = match line.what {
        What::Packet(packet) => {
            let mut row = packet_row(&packet, hosts);
            let size = row.chunks.iter().map(ChunkDetails::size).sum();
            match room.checked_sub(size) {
                Some(left) => *room = left,
                None => (*room, row.chunks) = (0, Vec::new()),
            }
            Shown::Packet(Box::new(row))
        }
        What::Note(note) => Shown::Note {
            host: note.host.map(|host| host.0),
            kind: kind(note.kind),
            text: note.words(),
        },
        What::Step(step) => Shown::Step {
            say: match step.kind {
                StepKind::Failed => String::new(),
                _ => said.next().unwrap_or_default(),
            },
            kind: match step.kind {
                StepKind::Acts => "acts",
                StepKind::Waits => "waits",
                StepKind::Failed => "failed",
            },
            text: step.text,
        },
        What::Folded(_) => return None,
    };
    Some(Row {
        t: micros(line.at),
        fold,
        content,
    })
}

/// The lines of the run's ladder: all lines, or the folded ones.
pub(super) fn lines_of(run: &Run<'_>, hosts: &Hosts, full: bool) -> Vec<Line> {
    ladder::lines_of(run.recording, hosts, full).collect()
}

/// The number of the link that each address is on.
pub(super) fn addresses(run: &Run<'_>, hosts: &Hosts) -> BTreeMap<IpAddr, usize> {
    let links = run.scenario.links.iter().filter_map(|link| {
        let mut names = hosts.links().iter();
        let number = names.position(|name| name == link.name.as_str())?;
        let ends = link.ends.iter().flat_map(|end| &end.addresses);
        Some(ends.map(move |net| (net.addr(), number)))
    });
    links.flatten().collect()
}

pub(super) fn micros(time: Time) -> u64 {
    time.as_nanos() / 1000
}

/// The words of each step that was started, in order.
fn said(run: &Run<'_>) -> impl Iterator<Item = String> {
    let steps: BTreeMap<&str, &str> = run
        .scenario
        .steps
        .iter()
        .map(|step| (step.name.as_str(), step.say.as_str()))
        .collect();
    let observations = run.recording.observations.iter();
    observations.filter_map(move |it| match &it.event {
        recording::Event::StepStarted { step, .. } => Some(
            steps
                .get(step.as_str())
                .copied()
                .unwrap_or_default()
                .to_owned(),
        ),
        _ => None,
    })
}

fn kind(kind: NoteKind) -> &'static str {
    match kind {
        NoteKind::Notification => "notification",
        NoteKind::Call => "call",
        NoteKind::Message => "message",
        NoteKind::Path => "path",
    }
}

fn packet_row(packet: &PacketLine, hosts: &Hosts) -> PacketRow {
    let again = match &packet.content {
        crate::line::Content::Sctp { again, .. } => !again.is_empty(),
        _ => false,
    };
    PacketRow {
        from: packet.from.0,
        to: packet.to.0,
        link: packet.link.0,
        label: packet.label(hosts),
        arrived: match packet.end {
            End::Arrived(at) => Some(micros(at)),
            _ => None,
        },
        lost: packet.end == End::Lost,
        under_way: packet.end == End::UnderWay,
        again,
        data: packet.carries_data(),
        fault: packet.fault.clone(),
        number: match packet.frame {
            Some(frame) => frame.checked_sub(1),
            None => packet.sent.or(packet.received).map(|it| it as u64),
        },
        header: header(packet),
        chunks: chunks(packet),
    }
}

/// The folds of the folded ladder, and the packets that this ladder shows. A fold hides each
/// other packet.
struct Folds {
    shown: BTreeSet<(Option<usize>, Option<usize>)>,
    folds: Vec<Fold>,
    /// Index of the first fold that is still needed.
    first: usize,
}

struct Fold {
    tally: Tally,
    left: u64,
    /// Whether the fold has a row in the page.
    row: bool,
}

impl Folds {
    fn of(folded: impl Iterator<Item = Line>) -> Self {
        let mut this = Self {
            shown: BTreeSet::new(),
            folds: Vec::new(),
            first: 0,
        };
        for line in folded {
            match line.what {
                What::Packet(packet) => {
                    this.shown.insert((packet.sent, packet.received));
                }
                What::Folded(tally) => this.folds.push(Fold {
                    left: tally.packets,
                    tally,
                    row: false,
                }),
                What::Note(_) | What::Step(_) => {}
            }
        }
        this
    }

    /// The fold that hides a line. The fold's row comes before the first of its lines.
    fn of_line(&mut self, line: &Line, hosts: &Hosts, rows: &mut Vec<Row>) -> Option<usize> {
        match &line.what {
            What::Packet(packet) if self.shown.contains(&(packet.sent, packet.received)) => None,
            What::Packet(_) => {
                // Lines come in the order of time.
                let is_over = |fold: &Fold| {
                    fold.left == 0 || fold.tally.span.is_none_or(|(_, to)| to < line.at)
                };
                while self.folds.get(self.first).is_some_and(is_over) {
                    self.first += 1;
                }
                let open = self.folds[self.first..].iter();
                let begun = |fold: &&Fold| fold.tally.span.is_some_and(|(from, _)| from <= line.at);
                let place = open.take_while(begun).position(|fold| !is_over(fold))? + self.first;
                let fold = &mut self.folds[place];
                fold.left -= 1;
                if !fold.row {
                    fold.row = true;
                    let until = fold.tally.span.map_or(line.at, |(_, until)| until);
                    rows.push(Row {
                        t: micros(line.at),
                        fold: Some(place),
                        content: Shown::Fold {
                            text: fold.tally.words(hosts),
                            until: micros(until),
                            shut: false,
                        },
                    });
                }
                Some(place)
            }
            What::Note(_) | What::Step(_) | What::Folded(_) => None,
        }
    }
}
