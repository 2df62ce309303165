//! The report: one HTML file that needs no other file and no network.
//!
//! The page itself has the words: verdict, lesson and topology. The page's script draws
//! the ladder and the charts from compressed data in the page. The script unpacks the
//! data of a run when a reader opens the run. Text from recordings and scenarios is never
//! markup: the page escapes it, the script sets it as text, and a content security policy
//! forbids any other script.

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
    /// The recording of the run.
    pub recording: &'a Recording,
    /// The scenario in the recording.
    pub scenario: &'a Scenario,
    /// The verdict of the oracle.
    pub verdict: &'a Verdict,
    /// Whether the run behaved as expected: it passed, or under a sabotage failed by the
    /// judgement that the sabotage names.
    pub good: bool,
}

#[cfg(test)]
mod tests;
