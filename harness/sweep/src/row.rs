//! Rows: the result of a cell.

use std::collections::BTreeMap;

use oracle::{Amount, Number, Verdict};
use recording::{Engine, Recording};
use scenario::Scenario;
use serde::{Deserialize, Serialize};

use crate::grid::{self, Cell, KERNEL};

/// The result of one cell. A row has no wall time: in virtual time the same cell gives the
/// same row on any machine.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Row {
    /// The cell's identity.
    pub cell: String,
    /// The index of the cell in the grid.
    pub index: u64,
    /// The scenario's name.
    pub scenario: String,
    /// The value of each parameter.
    pub parameters: BTreeMap<String, String>,
    /// The engine that ran the cell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub engine: Option<Engine>,
    /// The operating system and its release; with a stack under test, the stack's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kernel: Option<String>,
    /// The verdict.
    pub outcome: Outcome,
    /// The first failure, or why the cell was skipped or not run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// The protocol time of the run, in seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub protocol_time: Option<f64>,
    /// All numbers of the run. A measure of the scenario has the name of the measure; a
    /// number of an expectation or assertion is `NAME.NUMBER`. Times are in seconds.
    pub numbers: BTreeMap<String, f64>,
}

/// The outcome of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Every expectation and assertion of the scenario is true.
    Passed,
    /// An expectation or assertion is not true.
    Failed,
    /// The kernel cannot do what the scenario needs.
    Skipped,
    /// There is no result: the engine failed.
    NotRun,
}

impl Outcome {
    /// The outcome as a word, for tables.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Failed => "failed",
            Self::Skipped => "skipped",
            Self::NotRun => "not-run",
        }
    }
}

impl Row {
    /// The row of a cell that was run and judged.
    #[must_use]
    pub fn of(cell: &Cell, scenario: &Scenario, recording: &Recording, verdict: &Verdict) -> Self {
        let (outcome, why) = match &verdict.skipped {
            Some(skip) => (Outcome::Skipped, Some(skip.to_string())),
            None => match verdict.failures().next() {
                None => (Outcome::Passed, None),
                Some(it) => (Outcome::Failed, Some(format!("{}: {}", it.name, it.seen))),
            },
        };
        Self {
            engine: Some(recording.info.engine),
            kernel: Some(recording.info.kernel.clone()),
            outcome,
            why,
            protocol_time: Some(recording.info.duration.since_start().as_secs_f64()),
            numbers: numbers(scenario, recording, verdict),
            ..Self::not_run(cell, &scenario.name, String::new())
        }
    }

    /// The row with the kernel in its identity and as its parameter [`KERNEL`](crate::KERNEL),
    /// for rows of several kernels in one folder.
    #[must_use]
    pub fn among_kernels(mut self, kernel: &str) -> Self {
        self.cell = grid::identity(&[&self.cell, kernel]);
        self.parameters.insert(KERNEL.to_owned(), kernel.to_owned());
        self
    }

    /// The row of a cell without a result.
    #[must_use]
    pub fn not_run(cell: &Cell, scenario: &str, why: String) -> Self {
        Self {
            cell: cell.id.clone(),
            index: cell.index,
            scenario: scenario.to_owned(),
            parameters: cell.values.clone(),
            engine: None,
            kernel: None,
            outcome: Outcome::NotRun,
            why: Some(why),
            protocol_time: None,
            numbers: BTreeMap::new(),
        }
    }
}

fn numbers(scenario: &Scenario, recording: &Recording, verdict: &Verdict) -> BTreeMap<String, f64> {
    let mut numbers = BTreeMap::new();
    for judgement in &verdict.judgements {
        // A wanted number comes from the scenario, and is no result of the run.
        let seen = judgement.numbers.iter();
        for number in seen.filter(|it| !it.name.starts_with("wanted-")) {
            let name = format!("{}.{}", judgement.name, number.name);
            numbers.insert(name, amount(number));
        }
    }
    for number in oracle::measure(scenario, recording) {
        numbers.insert(number.name.to_string(), amount(&number));
    }
    numbers
}

fn amount(number: &Number) -> f64 {
    match number.value {
        Amount::Count(count) => count as f64,
        Amount::Time(time) => time.as_secs_f64(),
    }
}
