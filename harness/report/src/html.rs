//! The report: one HTML file that needs nothing else, no network either.
//!
//! What is in words (verdict, lesson, topology) stands in the page itself. The
//! ladder and the charts are drawn by the page's own script, from data that it
//! carries along compressed and opens only when a run is looked at. Text from
//! recordings and scenarios is never markup: the page escapes it, the script
//! sets it as text, and a content security policy lets no other script run.

mod captured;
mod crossing;
mod data;
mod details;
mod exercises;
mod flight;
mod matrix;
mod pack;
mod page;
mod prose;
mod run;
mod series;
mod topology;
mod traffic;
mod turns;

use oracle::Verdict;
use recording::Recording;
use scenario::Scenario;

pub use captured::{CARRIED, Captured, Diagnosis, Finding};
pub use page::{ReportError, html};

/// A run to report on.
#[derive(Clone, Copy, Debug)]
pub struct Run<'a> {
    /// What was seen.
    pub recording: &'a Recording,
    /// The scenario in the recording.
    pub scenario: &'a Scenario,
    /// What the oracle says.
    pub verdict: &'a Verdict,
    /// Whether that is as it should be: passed, or under a sabotage failed by
    /// what the sabotage names.
    pub good: bool,
}

#[cfg(test)]
mod tests;
