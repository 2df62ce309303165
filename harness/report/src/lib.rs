//! Presents recordings to people and programs.
//!
//! - [`ladder()`] draws the packets between the hosts, for a terminal.
//! - [`explain()`] puts a scenario's lesson beside the ladder.
//! - [`diff()`] compares two recordings of one scenario.
//! - [`svg()`] and [`mermaid()`] draw the ladder for documents.
//! - [`junit()`], [`github_annotations`] and [`github_summary`] report results to CI.
//! - [`ladder_json`] and [`explain_json`] give ladder and lesson to programs.
//! - [`html()`] makes one HTML file of one or many runs.
//! - [`sheet`] gives the data that exercises are made from.
//! - [`verdict()`] prints the oracle's verdict on a recording.
//! - [`lines`] gives the ladder as data, for other drawings, and [`draw`] draws such
//!   lines; both process packets one by one.
//!
//! Everything here is a pure function of the recording.

mod addressing;
mod case;
mod diff;
mod exact;
mod explain;
#[cfg(test)]
mod fixture;
mod flow;
mod flow_digest;
mod fold;
mod github;
mod gutter;
mod hosts;
mod html;
mod json;
mod junit;
mod label;
mod ladder;
mod lanes;
mod late_samples;
mod line;
mod list;
mod mermaid;
mod outstanding;
mod paint;
mod pairing;
mod path_notes;
mod row;
mod sample_times;
mod sent;
mod setting;
mod sheet;
mod snapshot;
mod story;
mod story_item;
mod stretch;
mod svg;
mod tally;
mod text;
mod verdict;

pub use case::{Case, Outcome};
pub use diff::{
    Diff, Difference, Made, Section, Side, Timing, diff, print as print_diff, print_differences,
};
pub use exact::{digest as exact_digest, exact_snapshot};
pub use explain::explain;
pub use flow::Origin;
pub use github::{github_annotations, github_summary};
pub use gutter::{Clock, Gutter, date};
pub use hosts::{Host, Hosts, Link};
pub use html::{CARRIED, Captured, Diagnosis, Finding, ReportError, Run, html};
pub use json::{explain_json, ladder_json, line_json, place_json};
pub use junit::junit;
pub use ladder::{Excerpt, LadderOptions, draw, ladder, ladder_of, lines};
pub use line::{
    About, Content, Head, Icmp, Line, Note, NoteKind, PacketLine, StepKind, StepLine, What,
};
pub use mermaid::{mermaid, mermaid_of};
pub use outstanding::Again;
pub use pairing::End;
pub use setting::Setting;
pub use sheet::{sheet, sheet_lines};
pub use snapshot::flow_snapshot;
pub use svg::{svg, svg_of};
pub use tally::Tally;
pub use text::{count, escape};
pub use verdict::{verdict, verdict_line};
