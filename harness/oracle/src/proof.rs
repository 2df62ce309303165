use scenario::{KnownFailure, Sabotage, StepName};

use super::verdict::{COMPLETE, Judgement, KERNEL, Result, Verdict};

/// What a run that has to fail proves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proof {
    /// The scenario failed by what it has to fail by: this judgement.
    By(Box<Judgement>),
    /// Nothing, and why.
    Nothing(String),
}

impl Proof {
    /// Whether the scenario failed as it has to.
    #[must_use]
    pub fn holds(&self) -> bool {
        matches!(self, Proof::By(_))
    }
}

/// Whether a sabotaged run failed as it must. A run that was stopped proves
/// nothing, nor does an expectation or assertion that it ended before, whatever
/// else failed.
#[must_use]
pub fn proof(sabotage: &Sabotage, verdict: &Verdict) -> Proof {
    failed_by(&sabotage.fails, verdict)
}

/// Whether a run failed as this kernel is known to, and by nothing else.
#[must_use]
pub fn fails_as_known(known: &KnownFailure, verdict: &Verdict) -> Proof {
    let fails = known.fails.as_str();
    match verdict.failures().find(|it| it.name != fails) {
        Some(other) => Proof::Nothing(format!("`{}` failed", other.name)),
        None => failed_by(&known.fails, verdict),
    }
}

fn failed_by(fails: &StepName, verdict: &Verdict) -> Proof {
    if let Some(skip) = &verdict.skipped {
        return Proof::Nothing(format!("nothing was run: {skip}"));
    }
    let judged = |name: &str| verdict.judgements.iter().find(|it| it.name == name);
    if let Some(stopped) = judged(COMPLETE).filter(|it| it.result == Result::Failed) {
        return Proof::Nothing(format!("the run was stopped: {}", stopped.seen));
    }
    if let Some(complaint) = judged(KERNEL) {
        return Proof::Nothing(format!("the kernel is at fault: {}", complaint.seen));
    }
    let fails = fails.as_str();
    let Some(judgement) = judged(fails) else {
        return Proof::Nothing(format!("`{fails}` was not judged"));
    };
    match judgement.result {
        Result::Failed => Proof::By(Box::new(judgement.clone())),
        Result::Passed => Proof::Nothing(format!("`{fails}` did not fail: {}", judgement.seen)),
        Result::NotReached | Result::NotShown => {
            let others = verdict
                .failures()
                .map(|it| format!("; `{}` failed", it.name));
            Proof::Nothing(format!(
                "`{fails}` was not reached: {}{}",
                judgement.seen,
                others.collect::<String>()
            ))
        }
    }
}
