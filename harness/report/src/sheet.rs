//! The ladder of a run, reduced to what exercises need.

use std::collections::{BTreeMap, BTreeSet};

use exercise::{Chunk, Line, Packet, Sheet, What as Shown};
use recording::Recording;
use scenario::{Ask, Scenario};

use crate::hosts::Hosts;
use crate::ladder::lines_of;
use crate::line::{Content, Note, NoteKind, PacketLine, StepKind, What};
use crate::pairing::End;
use crate::text::escape;

/// Greatest length of a value. Exercises do not ask for longer ones such as cookies.
const LONGEST_VALUE: usize = 40;

/// The sheet of a run, with the sheets of sabotaged runs by their numbers. Sabotages that
/// no exercise needs are left out, and fields that no exercise asks for or shows.
#[must_use]
pub fn sheet(
    scenario: &Scenario,
    plain: &Recording,
    sabotaged: &BTreeMap<usize, Recording>,
) -> Sheet {
    let mut wanted = BTreeSet::new();
    let mut faults = BTreeSet::new();
    for exercise in &scenario.exercises {
        match &exercise.ask {
            Ask::FillIn { field, shown, .. } => {
                wanted.insert(field.as_str());
                wanted.extend(shown.iter().map(String::as_str));
            }
            Ask::FindTheFault { sabotage, .. } => {
                faults.insert(sabotage.get());
            }
            Ask::Predict { .. } | Ask::Order { .. } | Ask::MakeItGreen { .. } => {}
        }
    }
    let lines = |recording: &Recording| {
        let mut lines = sheet_lines(recording);
        for line in &mut lines {
            if let Shown::Packet(packet) = &mut line.what {
                for chunk in &mut packet.chunks {
                    chunk
                        .fields
                        .retain(|name, _| wanted.contains(name.as_str()));
                }
            }
        }
        lines
    };
    let info = &plain.info;
    Sheet {
        made: format!("{}, {} engine", info.kernel, info.engine),
        plain: lines(plain),
        sabotaged: sabotaged
            .iter()
            .filter(|(number, _)| faults.contains(number))
            .map(|(number, recording)| (*number, lines(recording)))
            .collect(),
    }
}

/// The packets and notifications of a run, and its steps that do something.
#[must_use]
pub fn sheet_lines(recording: &Recording) -> Vec<Line> {
    let hosts = Hosts::of(&recording.interfaces);
    let lines = lines_of(recording, &hosts, true);
    let shown = lines.filter_map(|line| {
        let what = match line.what {
            What::Packet(line) => Shown::Packet(packet(&line, &hosts)?),
            What::Note(note) => notification(&note, &hosts)?,
            What::Step(step) if step.kind == StepKind::Acts => Shown::Step(escape(&step.text)),
            What::Step(_) | What::Folded(_) => return None,
        };
        Some(Line {
            at: u64::try_from(line.at.since_start().as_micros()).unwrap_or(u64::MAX),
            what,
        })
    });
    shown.collect()
}

fn notification(note: &Note, hosts: &Hosts) -> Option<Shown> {
    let is_one = note.kind == NoteKind::Notification;
    let host = note.host.map(|host| format!("{}: ", hosts.name(host)));
    let text = format!("{}{}", host.unwrap_or_default(), note.words());
    is_one.then(|| Shown::Notification(escape(&text)))
}

fn packet(line: &PacketLine, hosts: &Hosts) -> Option<Packet> {
    let Content::Sctp { packet, .. } = &line.content else {
        return None;
    };
    let chunks = line.chunks().iter().map(|chunk| Chunk {
        name: chunk.kind().to_string(),
        fields: chunk
            .fields()
            .iter()
            .filter_map(|field| {
                let values: Vec<String> = field.values.iter().map(ToString::to_string).collect();
                let value = values.join(", ");
                let is_short = !value.is_empty() && value.len() <= LONGEST_VALUE;
                is_short.then(|| (field.name.to_owned(), escape(&value)))
            })
            .collect(),
    });
    Some(Packet {
        from: hosts.name(line.from).to_owned(),
        to: hosts.name(line.to).to_owned(),
        link: hosts.link(line.link).to_owned(),
        label: escape(&line.label(hosts)),
        lost: line.end == End::Lost,
        tag: packet.packet.verification_tag.to_string(),
        chunks: chunks.collect(),
    })
}
