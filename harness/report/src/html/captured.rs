//! The section of the report for a capture that the lab did not make: only its packets
//! are known.

use maud::{Markup, html};

use super::crossing::Crossing;
use super::data::{self, Data, Row, micros, rows, shut_rows};
use super::traffic::{self, Traffic};
use crate::hosts::Hosts;
use crate::line::Line;
use crate::text::count;

/// Greatest number of ladder lines. In a longer ladder the quiet stretches stay folded;
/// what is still too long is cut.
const LINES: usize = 5_000;

/// Greatest size of the packets' fields, in bytes of text. Later packets have no fields.
const FIELDS: usize = 8 << 20;

/// Greatest size of a capture that is included in the page.
pub const CARRIED: u64 = 8 << 20;

/// A capture to report on.
#[derive(Debug)]
pub struct Captured {
    /// Name of the capture's file.
    pub name: String,
    /// Paragraphs that introduce the capture, such as its source.
    pub about: Vec<String>,
    /// The findings of `sctp-lab diagnose`, or that nothing is wrong.
    pub diagnosis: Diagnosis,
    /// The bytes of the file, if they are at most [`CARRIED`].
    pub file: Option<Vec<u8>>,
    pub(super) hosts: Hosts,
    pub(super) traffic: Traffic,
    crossing: Crossing,
    rows: Option<Vec<Row>>,
    cut: u64,
    duration: u64,
}

/// A diagnosis of a capture.
#[derive(Clone, Debug, Default)]
pub struct Diagnosis {
    /// The events in plain words.
    pub page: String,
    /// The faults, with the packets that show them.
    pub findings: Vec<Finding>,
}

/// A fault.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The fault in words.
    pub words: String,
    /// The packets that show the fault.
    pub frames: String,
    /// Time of the first of these packets, in microseconds since the first packet of the
    /// capture.
    pub at: Option<u64>,
    /// RFC and section that the fault is judged by, and how certain it is.
    pub by: String,
    /// What the user can try.
    pub remedy: String,
}

impl Captured {
    /// Draws a capture. Each call of `lines` iterates over the capture once more: over
    /// all its lines, or over the folded ones.
    ///
    /// # Errors
    ///
    /// The errors of `lines`.
    pub fn draw<'a, E, L>(
        name: String,
        hosts: &'a Hosts,
        lines: impl Fn(bool) -> Result<L, E>,
    ) -> Result<Self, E>
    where
        L: Iterator<Item = Line> + 'a,
    {
        let (mut traffic, mut crossing) = (Traffic::default(), Crossing::default());
        let (mut total, mut end) = (0_usize, 0);
        for line in lines(true)? {
            traffic.take_in(&line, |_| None);
            crossing.take_in(&line, hosts);
            total += 1;
            end = micros(line.at);
        }
        traffic.end();
        let (rows, cut) = if total <= LINES {
            let said = std::iter::empty();
            let rows = rows(lines(false)?, lines(true)?, hosts, said, FIELDS);
            (rows, 0)
        } else {
            let mut folded = lines(false)?;
            let rows = shut_rows(folded.by_ref().take(LINES), hosts, FIELDS);
            (rows, folded.count() as u64)
        };
        Ok(Self {
            name,
            about: Vec::new(),
            diagnosis: Diagnosis::default(),
            file: None,
            hosts: hosts.clone(),
            traffic,
            crossing,
            rows: Some(rows),
            cut,
            duration: end,
        })
    }

    /// The fate of packets between sender and receiver, for programs: in the form of
    /// `docs/json.md`, under "report".
    #[must_use]
    pub fn crossings(&self) -> Vec<serde_json::Value> {
        self.crossing.json(&self.hosts)
    }

    /// The data that the page's script draws.
    pub(super) fn data(&mut self) -> Data<'_> {
        let rows = self.rows.take().unwrap_or_default();
        data::of_capture(&self.hosts, &self.traffic, self.duration, rows)
    }

    pub(super) fn section(&self, number: usize, id: &str, alone: bool) -> Markup {
        let found = &self.diagnosis.findings;
        html! {
            section.run id=(id) data-run=(number) aria-labelledby=(format!("{id}-title")) {
                @if !alone { p { a href="#all" { "All" } } }
                h1 id=(format!("{id}-title")) { (self.name) }
                @for words in &self.about { p.where { (words) } }
                h2 { "Diagnosis" }
                pre.diagnosis tabindex="0" { (self.diagnosis.page) }
                @if !found.is_empty() {
                    table.findings {
                        caption.bad { (count(found.len() as u64, "finding")) }
                        thead {
                            tr { th scope="col" { "first at" } th scope="col" { "what, and what to try" } }
                        }
                        tbody { @for it in found { (finding(it)) } }
                    }
                }
                (self.crossing.table(&self.hosts))
                (traffic::table(&self.traffic, &self.hosts))
                div.overview {}
                div.tsns {}
                div.streams {}
                div.trips {}
                div.ways {}
                div.tools {}
                @if self.cut > 0 {
                    p.where {
                        "The ladder is cut: " (count(self.cut, "more line"))
                        ". `sctp-lab show --from` draws them."
                    }
                }
                div.ladder { p.loading { "The ladder is drawn by this page's script." } }
            }
        }
    }
}

fn finding(it: &Finding) -> Markup {
    html! {
        tr {
            td.turns {
                @if let Some(at) = it.at {
                    button type="button" data-t=(at) { (format!("{:.3}", at as f64 / 1e6)) " s" }
                }
            }
            td {
                (it.words)
                div.seen { (it.frames) }
                div.rules { (it.by) }
                div.cause { "try: " (it.remedy) }
            }
        }
    }
}
