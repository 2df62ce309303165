//! What a recording looks like to people.
//!
//! - [`ladder()`] draws what happened between the hosts, for a terminal.
//! - [`explain()`] puts a scenario's lesson beside the ladder.
//! - [`diff()`] compares two recordings of one scenario.
//! - [`html()`] makes one HTML file of one or many runs.
//! - [`verdict()`] prints what the oracle says of it.
//! - [`lines`] gives the ladder as data, for other pictures of the same, and
//!   [`draw`] draws such lines; both take packets as they come.
//!
//! All of it is a pure function of the recording.

mod diff;
mod explain;
#[cfg(test)]
mod fixture;
mod flow;
mod fold;
mod hosts;
mod html;
mod label;
mod ladder;
mod lanes;
mod line;
mod list;
mod outstanding;
mod paint;
mod pairing;
mod path_notes;
mod row;
mod snapshot;
mod story;
mod tally;
mod text;
mod verdict;

pub use diff::{Diff, Difference, Made, Section, Side, Timing, diff, print as print_diff};
pub use explain::explain;
pub use flow::Origin;
pub use hosts::{Host, Hosts, Link};
pub use html::{ReportError, Run, html};
pub use ladder::{LadderOptions, draw, ladder, lines};
pub use line::{Content, Line, Note, NoteKind, PacketLine, StepKind, StepLine, What};
pub use outstanding::Again;
pub use pairing::End;
pub use snapshot::flow_snapshot;
pub use tally::Tally;
pub use text::escape;
pub use verdict::verdict;
