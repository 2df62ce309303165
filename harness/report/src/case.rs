//! The result of a scenario, for JUnit and GitHub.

use std::time::Duration;

use oracle::{Judgement, Verdict};

/// A scenario that was run, or was to be run.
#[derive(Clone, Debug)]
pub struct Case {
    /// Name of the scenario, with the sabotage if it ran under one.
    pub name: String,
    /// File of the scenario, as the user named it.
    pub file: String,
    /// Engine and kernel; empty if the scenario did not run.
    pub place: String,
    /// Wall time of the run.
    pub wall: Duration,
    /// Result of the run.
    pub outcome: Outcome,
}

/// Result of a run.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// The run behaved as expected. Under a sabotage, that means that it failed by the
    /// judgement that the sabotage names.
    Good,
    /// The run failed, or under a sabotage did not fail as it must.
    Bad(Verdict),
    /// The kernel lacks a capability that the scenario needs: the capability and what the
    /// probe saw.
    Skipped(String),
    /// The scenario could not be run, for this reason.
    NotRun(String),
}

impl Case {
    /// The judgements that failed. Empty if none failed, or if a sabotage went unnoticed.
    pub(crate) fn failures(&self) -> Vec<&Judgement> {
        match &self.outcome {
            Outcome::Bad(verdict) => verdict.failures().collect(),
            Outcome::Good | Outcome::Skipped(_) | Outcome::NotRun(_) => Vec::new(),
        }
    }

    /// Whether it was skipped.
    #[must_use]
    pub fn is_skipped(&self) -> bool {
        matches!(self.outcome, Outcome::Skipped(_))
    }

    pub(crate) fn is_good(&self) -> bool {
        matches!(self.outcome, Outcome::Good | Outcome::Skipped(_))
    }
}

#[cfg(test)]
pub(crate) fn examples() -> Vec<Case> {
    let case = |name: &str, outcome| Case {
        name: name.into(),
        file: format!("scenarios/{name}.yaml"),
        place: "vm, Linux 6.1.0".into(),
        wall: Duration::from_millis(900),
        outcome,
    };
    let failed = Judgement {
        name: "noticed".into(),
        line: 41,
        result: oracle::Result::Failed,
        wanted: "SCTP_ADDR_UNREACHABLE <10.0.1.2>".into(),
        seen: "not seen,\n100% of the time".into(),
        numbers: vec![],
        rules: vec![],
        cause: None,
        packets: vec![],
    };
    vec![
        case("good", Outcome::Good),
        case(
            "bad",
            Outcome::Bad(Verdict {
                judgements: vec![failed],
                skipped: None,
            }),
        ),
        case("absent", Outcome::NotRun("no QEMU".into())),
        case("interleaving", Outcome::Skipped("no I-DATA".into())),
    ]
}
