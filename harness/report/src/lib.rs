//! What a recording looks like to people.
//!
//! - [`ladder()`] draws what happened between the hosts, for a terminal.
//! - [`explain()`] puts a scenario's lesson beside the ladder.
//! - [`diff()`] compares two recordings of one scenario.
//! - [`svg()`] and [`mermaid()`] draw it for documents.
//! - [`junit()`], [`github_annotations`] and [`github_summary`] tell machines.
//! - [`ladder_json`] and [`explain_json`] tell programs the same as people.
//! - [`html()`] makes one HTML file of one or many runs.
//! - [`sheet`] gives what exercises are cut from.
//! - [`verdict()`] prints what the oracle says of it.
//! - [`lines`] gives the ladder as data, for other pictures of the same, and
//!   [`draw`] draws such lines; both take packets as they come.
//!
//! All of it is a pure function of the recording.

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
mod line;
mod list;
mod looked;
mod looks;
mod mermaid;
mod outstanding;
mod paint;
mod pairing;
mod path_notes;
mod row;
mod sent;
mod setting;
mod sheet;
mod snapshot;
mod story;
mod stretch;
mod svg;
mod tally;
mod text;
mod told;
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
