//! The verdict on a recording, and its judgements.

use bounds::Citation;
use serde::Serialize;

use super::number::Number;

/// The verdict of the oracle on a recording.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Verdict {
    /// First the judgements on steps and rules, then those on assertions, each in the order
    /// of the scenario; last those on the end of the run and on the kernel. Of steps that
    /// are no expectations, and of rules, only the failures are here.
    pub judgements: Vec<Judgement>,
    /// Why there are no judgements, where nothing could be run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub skipped: Option<Skip>,
}

/// Why a scenario was skipped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Skip {
    /// The missing capability of the kernel, by its name in the scenario.
    pub capability: String,
    /// The result of the probe.
    pub saw: String,
}

impl std::fmt::Display for Skip {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "it needs {}, and {}", self.capability, self.saw)
    }
}

impl Verdict {
    /// Whether the scenario was run and nothing failed.
    #[must_use]
    pub fn passed(&self) -> bool {
        self.skipped.is_none() && self.failures().next().is_none()
    }

    /// The judgements that failed.
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

/// The judgement on one expectation, assertion, step or rule, or on the whole run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Judgement {
    /// Name of the step or assertion, or `complete` or `kernel` for the whole run.
    pub name: String,
    /// Line of the step or assertion in the scenario. 0 for the whole run.
    pub line: usize,
    /// Result of the judgement.
    pub result: Result,
    /// What the scenario wants, in words.
    pub wanted: String,
    /// What was seen, in words, with the numbers and the bound.
    pub seen: String,
    /// The numbers in `wanted` and `seen`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub numbers: Vec<Number>,
    /// The rules that a bound's numbers come from.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<Citation>,
    /// The likeliest cause of a failure, where one can be named.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cause: Option<String>,
    /// The packets around a failure: indices into the recording's packets.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub packets: Vec<usize>,
}

/// Result of an expectation or assertion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Result {
    /// The expectation or assertion holds.
    Passed,
    /// The expectation or assertion does not hold.
    Failed,
    /// The run ended before the expectation or assertion could be decided.
    NotReached,
    /// A capture alone does not show what the assertion is about.
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
