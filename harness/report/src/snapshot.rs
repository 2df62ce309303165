//! The flow snapshot of a run: the part that must be the same in every run of a scenario,
//! on every engine, under load, with every seed.
//!
//! The snapshot is divided into phases, each of which begins with a step that does
//! something. Within a phase every path is listed separately, since packets on different
//! paths race. Chunks of set-up and shutdown are listed in order. Data are listed only
//! where they move to another path, are retransmitted or are lost. Notifications are
//! sorted. Events that depend on the jitter of timers are summarised (whether HEARTBEATs
//! were answered on a path, and what took them where none was) or left out (SACKs,
//! counts, times, random numbers).

use std::collections::{BTreeMap, BTreeSet};

use recording::Recording;
use wire::chunk::ReConfig;
use wire::{Chunk, ChunkType, Parameter};

use crate::hosts::{Host, Hosts, Link};
use crate::label::of_chunk;
use crate::ladder::lines;
use crate::line::{Content, NoteKind, PacketLine, StepKind, What};
use crate::setting::Setting;
use crate::text::escape;

const ANSWERED: &str = "answered";

/// The flow snapshot of a recording, as text.
#[must_use]
pub fn flow_snapshot(recording: &Recording) -> String {
    let hosts = Hosts::of(&recording.interfaces);
    let mut flow = Flow::new(&hosts);
    // Notifications are listed under the names of their endpoints.
    let setting = Setting {
        endpoints: BTreeMap::new(),
        ..Setting::of(recording)
    };
    let (packets, observations) = (&recording.packets, &recording.observations);
    for line in lines(&hosts, setting, packets, observations, true) {
        match line.what {
            What::Packet(packet) => flow.packet(&packet),
            What::Note(note) if note.kind == NoteKind::Notification => {
                flow.notification(note.host, &note.text);
            }
            What::Step(step) if step.kind == StepKind::Acts => flow.phase(&step.text),
            What::Step(_) | What::Note(_) | What::Folded(_) => {}
        }
    }
    flow.text()
}

/// The words without request sequence numbers, which begin with the random initial TSN
/// (RFC 6525 section 4.1).
pub(crate) fn without_sequence_numbers(words: &str) -> String {
    const NUMBERS: [&str; 4] = ["req=", "resp=", "last-tsn=", "next-tsns="];
    let is_number = |word: &str| NUMBERS.iter().any(|number| word.starts_with(number));
    let words: Vec<&str> = words.split(' ').filter(|word| !is_number(word)).collect();
    words.join(" ")
}

struct Flow<'a> {
    hosts: &'a Hosts,
    phases: Vec<Phase>,
    /// The path of the last new data, by sender, receiver and association.
    data_on: BTreeMap<(Host, Host, usize), Link>,
    /// The phase in which a re-configuration was first requested, by the requesting host, the
    /// association and the request's number.
    requested_in: BTreeMap<(Host, usize, u32), usize>,
    heartbeats: BTreeMap<Link, BTreeSet<String>>,
}

#[derive(Default)]
struct Phase {
    title: String,
    paths: BTreeMap<Link, Vec<String>>,
    notifications: BTreeSet<(Option<Host>, String)>,
}

impl<'a> Flow<'a> {
    fn new(hosts: &'a Hosts) -> Self {
        Self {
            hosts,
            phases: vec![Phase::default()],
            data_on: BTreeMap::new(),
            requested_in: BTreeMap::new(),
            heartbeats: BTreeMap::new(),
        }
    }

    fn phase(&mut self, title: &str) {
        self.phases.push(Phase {
            title: title.to_owned(),
            ..Phase::default()
        });
    }

    fn notification(&mut self, host: Option<Host>, text: &str) {
        if let Some(phase) = self.phases.last_mut() {
            phase.notifications.insert((host, text.to_owned()));
        }
    }

    fn packet(&mut self, line: &PacketLine) {
        let Content::Sctp {
            packet,
            origin,
            again,
            ..
        } = &line.content
        else {
            return;
        };
        for chunk in &packet.packet.chunks {
            match chunk {
                Chunk::Sack(_) | Chunk::NrSack(_) => {}
                Chunk::Heartbeat(_) | Chunk::HeartbeatAck(_) => self.heartbeat(line, chunk.kind()),
                Chunk::Data(_) | Chunk::IData(_) => {
                    let tsn = match chunk {
                        Chunk::Data(data) => data.tsn,
                        Chunk::IData(data) => data.tsn,
                        _ => continue,
                    };
                    let repeated = again.iter().any(|it| it.tsn == tsn);
                    self.data(line, chunk.kind(), origin.association, repeated);
                }
                // The staleness of a cookie depends on the time at which it is sent.
                Chunk::Error(error) => {
                    let causes = error.causes.iter().map(|cause| cause.kind().to_string());
                    let causes: Vec<String> = causes.collect();
                    self.list(line, &format!("{}: {}", chunk.kind(), causes.join(", ")));
                }
                Chunk::ReConfig(change) => {
                    let words = of_chunk(chunk, &packet.packet, *origin, self.hosts);
                    let phase = self.phase_of(change, line, origin.association);
                    self.list_in(phase, line, &without_sequence_numbers(&words));
                }
                // The cumulative TSN ack depends on the time at which the chunk is sent.
                Chunk::Shutdown(_) => self.list(line, &chunk.kind().to_string()),
                _ => {
                    let words = of_chunk(chunk, &packet.packet, *origin, self.hosts);
                    self.list(line, &words);
                }
            }
        }
    }

    fn heartbeat(&mut self, line: &PacketLine, kind: ChunkType) {
        let on_path = self.heartbeats.entry(line.link).or_default();
        if let Some(fault) = &line.fault {
            on_path.insert(fault.clone());
        } else if kind == ChunkType::HeartbeatAck {
            on_path.insert(ANSWERED.to_owned());
        }
    }

    fn data(&mut self, line: &PacketLine, kind: ChunkType, association: usize, repeated: bool) {
        let place = (line.from, line.to, association);
        if repeated {
            self.list(line, &format!("{kind} again"));
        } else if self.data_on.insert(place, line.link) != Some(line.link) || line.fault.is_some() {
            self.list(line, &kind.to_string());
        }
    }

    /// The phase that a RE-CONFIG belongs to. A response is sent again for each request
    /// that comes again, and a step may begin between the two requests. So a response
    /// belongs to the phase of the first request.
    fn phase_of(&mut self, change: &ReConfig, line: &PacketLine, association: usize) -> usize {
        let latest = self.latest();
        let requests = change.parameters.iter();
        for request in requests.filter_map(Parameter::reconfiguration_request) {
            let key = (line.from, association, request);
            self.requested_in.entry(key).or_insert(latest);
        }
        match change.parameters.as_slice() {
            [Parameter::ReconfigurationResponse(it)] => {
                let key = (line.to, association, it.response);
                self.requested_in.get(&key).copied().unwrap_or(latest)
            }
            _ => latest,
        }
    }

    fn latest(&self) -> usize {
        self.phases.len() - 1
    }

    fn list(&mut self, line: &PacketLine, words: &str) {
        self.list_in(self.latest(), line, words);
    }

    /// Lists words once in each phase and path.
    fn list_in(&mut self, phase: usize, line: &PacketLine, words: &str) {
        let (from, to) = (self.hosts.name(line.from), self.hosts.name(line.to));
        let mut entry = format!("{from} → {to}  {words}");
        if let Some(fault) = &line.fault {
            entry.push_str(&format!("  ✗ {fault}"));
        }
        if let Some(phase) = self.phases.get_mut(phase) {
            let entries = phase.paths.entry(line.link).or_default();
            if !entries.contains(&entry) {
                entries.push(entry);
            }
        }
    }

    fn text(&self) -> String {
        let mut text = String::new();
        for phase in &self.phases {
            if !phase.title.is_empty() {
                text.push_str(&format!("── {}\n", escape(&phase.title)));
            }
            for (link, entries) in &phase.paths {
                text.push_str(&format!("   {}\n", escape(self.hosts.link(*link))));
                for entry in entries {
                    text.push_str(&format!("      {}\n", escape(entry)));
                }
            }
            for (host, words) in &phase.notifications {
                // Where an endpoint's name differs from its host's, the words begin with
                // the endpoint's name.
                let host = host.map(|host| format!("{}: ", escape(self.hosts.name(host))));
                let host = host.unwrap_or_default();
                text.push_str(&format!("   ◆ {host}{}\n", escape(words)));
            }
        }
        text.push_str("── HEARTBEATs of the whole run\n");
        for (link, fates) in &self.heartbeats {
            // Whether a temporary fault met a HEARTBEAT is a matter of chance.
            let answered = fates.get(ANSWERED).map(|fate| vec![escape(fate)]);
            let fates = answered.unwrap_or_else(|| fates.iter().map(|fate| escape(fate)).collect());
            let link = escape(self.hosts.link(*link));
            text.push_str(&format!("   {link}: {}\n", fates.join(", ")));
        }
        text
    }
}
