//! The proof that a sabotaged run, or a run on a kernel with a known failure, failed as
//! it must.

use scenario::{KnownFailure, Sabotage, StepName};

use super::verdict::{COMPLETE, Judgement, KERNEL, Result, Verdict};

/// The proof that is given by a run which has to fail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proof {
    /// The scenario failed by the judgement that the sabotage or known failure names.
    By(Box<Judgement>),
    /// The run proves nothing, for this reason.
    Nothing(String),
}

impl Proof {
    /// Whether the scenario failed as it has to.
    #[must_use]
    pub fn holds(&self) -> bool {
        matches!(self, Proof::By(_))
    }
}

/// Whether a sabotaged run failed as it must. A run that was stopped proves nothing. Nor
/// does a run that ended before the named expectation or assertion, whatever else failed.
#[must_use]
pub fn proof(sabotage: &Sabotage, verdict: &Verdict) -> Proof {
    failed_by(&sabotage.fails, verdict)
}

/// Whether a run failed as this kernel is known to fail: by all judgements that the known
/// failure names, and by no other.
#[must_use]
pub fn fails_as_known(known: &KnownFailure, verdict: &Verdict) -> Proof {
    let is_known = |name: &str| known.fails.iter().any(|it| it.as_str() == name);
    if let Some(other) = verdict.failures().find(|it| !is_known(&it.name)) {
        return Proof::Nothing(format!("`{}` failed", other.name));
    }
    let mut proofs = known.fails.iter().map(|it| failed_by(it, verdict));
    let first = proofs.next();
    match proofs.find(|it| !it.holds()) {
        Some(missing) => missing,
        None => first.unwrap_or_else(|| Proof::Nothing("it names nothing".to_owned())),
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
