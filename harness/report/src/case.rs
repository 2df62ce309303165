//! What came of a scenario, for machines that collect such things.

use std::time::Duration;

use oracle::{Judgement, Verdict};

/// A scenario that was run, or was to be.
#[derive(Clone, Debug)]
pub struct Case {
    /// Its name; with its sabotage, if it ran under one.
    pub name: String,
    /// Its file, as the user named it.
    pub file: String,
    /// Where it ran: engine and kernel; empty if it did not.
    pub place: String,
    /// How long it took, in wall time.
    pub wall: Duration,
    /// How it went.
    pub outcome: Outcome,
}

/// How it went.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// As it should: under a sabotage that means that it failed by what the
    /// sabotage names.
    Good,
    /// It failed, or under a sabotage did not.
    Bad(Verdict),
    /// The kernel lacks what it needs: what that is.
    Skipped(String),
    /// It could not be run, and why.
    NotRun(String),
}

impl Case {
    /// What failed; none where nothing did, or a sabotage went unnoticed.
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
