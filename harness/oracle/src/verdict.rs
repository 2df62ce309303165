use bounds::Citation;
use serde::Serialize;

use super::number::Number;

/// What the oracle says of a recording.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Verdict {
    /// One for each expectation and assertion, in the order of the scenario.
    pub judgements: Vec<Judgement>,
    /// Why there are none, where nothing could be run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub skipped: Option<Skip>,
}

/// Why a scenario was skipped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Skip {
    /// The capability that the kernel lacks, by its word in the scenario.
    pub capability: String,
    /// What the probe saw.
    pub saw: String,
}

impl std::fmt::Display for Skip {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "it needs {}, and {}", self.capability, self.saw)
    }
}

impl Verdict {
    /// Whether it was run and nothing failed.
    #[must_use]
    pub fn passed(&self) -> bool {
        self.skipped.is_none() && self.failures().next().is_none()
    }

    /// Those that failed.
    pub fn failures(&self) -> impl Iterator<Item = &Judgement> {
        self.judgements
            .iter()
            .filter(|judgement| judgement.result == Result::Failed)
    }
}

/// The name of the judgement on a run that was stopped before its end.
pub(crate) const COMPLETE: &str = "complete";

/// The name of the judgement on a kernel that found a fault of its own.
pub(crate) const KERNEL: &str = "kernel";

/// What the oracle says of one expectation or assertion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Judgement {
    /// Its name.
    pub name: String,
    /// Its line in the scenario; 0 for what is demanded of every run.
    pub line: usize,
    /// What came of it.
    pub result: Result,
    /// What was wanted.
    pub wanted: String,
    /// What was seen, with its numbers and bound.
    pub seen: String,
    /// The numbers of what was wanted and seen.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub numbers: Vec<Number>,
    /// The rules that a bound's numbers come from.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<Citation>,
    /// The likeliest cause, where it failed and one can be told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cause: Option<String>,
    /// The packets around it, where it failed: indices into the recording's.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub packets: Vec<usize>,
}

/// What came of an expectation or assertion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Result {
    /// It holds.
    Passed,
    /// It does not.
    Failed,
    /// The run ended before it came to it.
    NotReached,
    /// It is about what a capture alone does not show.
    NotShown,
}

impl Judgement {
    pub(crate) fn of(passed: bool, wanted: String, seen: String) -> Self {
        Self {
            name: String::new(),
            line: 0,
            result: if passed {
                Result::Passed
            } else {
                Result::Failed
            },
            wanted,
            seen,
            numbers: Vec::new(),
            rules: Vec::new(),
            cause: None,
            packets: Vec::new(),
        }
    }

    pub(crate) fn with(mut self, numbers: impl IntoIterator<Item = Number>) -> Self {
        self.numbers.extend(numbers);
        self
    }

    pub(crate) fn named(mut self, name: &str, line: usize) -> Self {
        self.name = name.to_owned();
        self.line = line;
        self
    }
}
