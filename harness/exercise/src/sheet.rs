//! Sheets: ladders of runs, reduced to what exercises need.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

/// The ladders of a plain run of a scenario, and of sabotaged ones.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// The kernel, and the engine that it ran in.
    pub made: String,
    /// The ladder of the plain run.
    pub plain: Vec<Line>,
    /// The ladders of the sabotages that exercises are about, by the number of the sabotage
    /// from 1.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub sabotaged: BTreeMap<usize, Vec<Line>>,
}

/// A line of a ladder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Microseconds from the start of the run.
    pub at: u64,
    /// The event.
    #[serde(flatten)]
    pub what: What,
}

/// An event of a run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum What {
    /// An SCTP packet was sent.
    Packet(Packet),
    /// A host got a notification.
    Notification(String),
    /// A step of the scenario began.
    Step(String),
}

/// An SCTP packet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Packet {
    /// The host that sent it.
    pub from: String,
    /// The host that it went to.
    pub to: String,
    /// The link.
    pub link: String,
    /// The packet's contents in short.
    pub label: String,
    /// Whether the packet did not arrive.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub lost: bool,
    /// The verification tag.
    pub tag: String,
    /// The chunks.
    pub chunks: Vec<Chunk>,
}

/// A chunk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chunk {
    /// The name of the chunk's type.
    pub name: String,
    /// The values of the chunk's fields, by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub fields: BTreeMap<String, String>,
}

/// The name of the only field of the common header that a sheet has.
pub(crate) const TAG: &str = "verification-tag";

impl Packet {
    /// The value of a field of the first chunk of this type that has the field.
    pub(crate) fn field(&self, chunk: &str, field: &str) -> Option<&str> {
        if field == TAG {
            return Some(&self.tag);
        }
        let mut chunks = self.chunks.iter().filter(|it| it.name == chunk);
        Some(chunks.find_map(|it| it.fields.get(field))?.as_str())
    }

    /// The names of the packet's chunks, as in `COOKIE ACK | SACK`.
    pub(crate) fn names(&self) -> String {
        let names: Vec<&str> = self.chunks.iter().map(|it| it.name.as_str()).collect();
        names.join(" | ")
    }

    /// The wanted fields that the packet has, with their values.
    pub(crate) fn fields(&self, wanted: &[String]) -> Vec<(String, String)> {
        let of_chunk = |field: &String| {
            let value = match field == TAG {
                true => Some(self.tag.clone()),
                false => self
                    .chunks
                    .iter()
                    .find_map(|it| it.fields.get(field).cloned()),
            };
            Some((field.clone(), value?))
        };
        wanted.iter().filter_map(of_chunk).collect()
    }
}

/// How to draw lines.
#[derive(Clone, Copy, Default)]
pub(crate) struct Drawn<'a> {
    /// Whether each line begins with its time.
    pub(crate) times: bool,
    /// Whether packets show the names of their links.
    pub(crate) links: bool,
    /// The fields to show of packets.
    pub(crate) fields: &'a [String],
}

impl Line {
    /// The packet, if the line is one.
    #[must_use]
    pub fn packet(&self) -> Option<&Packet> {
        match &self.what {
            What::Packet(packet) => Some(packet),
            _ => None,
        }
    }

    pub(crate) fn draw(&self, drawn: Drawn<'_>) -> String {
        let mut row = time(self.at, drawn.times);
        match &self.what {
            What::Packet(packet) => row.push_str(&packet.draw(&packet.label, drawn)),
            What::Notification(text) => {
                let _ = write!(row, "◆ {text}");
            }
            What::Step(text) => {
                let _ = write!(row, "── {text}");
            }
        }
        row
    }
}

impl Packet {
    /// The packet as a row, as in `client → server  INIT streams 6/5`.
    pub(crate) fn draw(&self, label: &str, drawn: Drawn<'_>) -> String {
        let mut row = format!("{} → {}", self.from, self.to);
        if drawn.links {
            let _ = write!(row, " on {}", self.link);
        }
        let _ = write!(row, "  {label}");
        for (name, value) in self.fields(drawn.fields) {
            let _ = write!(row, "  {name}={value}");
        }
        if self.lost {
            row.push_str("  ✗ lost");
        }
        row
    }
}

pub(crate) fn time(at: u64, shown: bool) -> String {
    match shown {
        true => format!("{:>8.3}  ", at as f64 / 1e6),
        false => String::new(),
    }
}
