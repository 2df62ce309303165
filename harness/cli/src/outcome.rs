//! The outcome of one scenario, as text and as JSON.

use std::time::Duration;

use oracle::{Judgement, Proof, Verdict};
use recording::Recording;
use report::LadderOptions;
use scenario::{KnownFailure, Sabotage, Scenario, StepName};
use serde_json::{Value, json};

use super::stacks;

/// The verdict as a JSON object.
pub(crate) fn json(recording: &Recording, verdict: &Verdict) -> Value {
    json!({
        "format": 1,
        "scenario": recording.info.scenario,
        "sabotage": recording.info.sabotage,
        "engine": recording.info.engine,
        "kernel": recording.info.kernel,
        "seed": recording.info.seed,
        "passed": verdict.passed(),
        "skipped": verdict.skipped,
        "protocol-time-ns": recording.info.duration,
        "judgements": verdict.judgements,
    })
}

/// The required result of a run.
#[derive(Clone, Copy)]
pub(crate) enum Must<'s> {
    /// The run passes.
    Pass,
    /// The run fails by the judgement that the sabotage names.
    FailUnder(&'s Sabotage),
    /// The run fails as this kernel is known to fail.
    FailAsKnown(&'s KnownFailure),
}

impl<'s> Must<'s> {
    pub(crate) fn of(
        scenario: &'s Scenario,
        sabotage: Option<&'s Sabotage>,
        recording: &Recording,
    ) -> Self {
        let ran = &recording.info.kernel;
        let known = scenario.known_failure_of(ran);
        let known = known.or_else(|| stacks::known_failure(ran, &scenario.name));
        match (sabotage, known) {
            (Some(sabotage), _) => Self::FailUnder(sabotage),
            (None, Some(known)) => Self::FailAsKnown(known),
            (None, None) => Self::Pass,
        }
    }

    /// Whether the verdict is the required one, or the scenario was skipped.
    pub(crate) fn is_good(self, verdict: &Verdict) -> bool {
        match self {
            _ if verdict.skipped.is_some() => true,
            Self::Pass => verdict.passed(),
            Self::FailUnder(sabotage) => oracle::proof(sabotage, verdict).holds(),
            Self::FailAsKnown(known) => oracle::fails_as_known(known, verdict).holds(),
        }
    }

    /// Whether the run fails just as this kernel is known to fail.
    pub(crate) fn is_known_failure(self, verdict: &Verdict) -> bool {
        matches!(self, Self::FailAsKnown(_)) && verdict.skipped.is_none() && self.is_good(verdict)
    }

    /// Adds the outcome to a JSON object: `proof` and `known-failure`, `null` if the run
    /// had to pass.
    pub(crate) fn tell_in(self, line: &mut Value, verdict: &Verdict) {
        line["proof"] = Value::Null;
        line["known-failure"] = Value::Null;
        match self {
            Self::Pass => {}
            Self::FailUnder(sabotage) => {
                line["proof"] = match oracle::proof(sabotage, verdict) {
                    Proof::By(judgement) => json!({"proved": true, "by": judgement.name}),
                    Proof::Nothing(why) => json!({"proved": false, "why": why}),
                };
            }
            Self::FailAsKnown(known) => {
                let fails: Vec<&str> = known.fails.iter().map(StepName::as_str).collect();
                line["known-failure"] = json!({
                    "as-known": self.is_known_failure(verdict),
                    "fails": fails.join(", "),
                    "does": known.does,
                });
            }
        }
    }

    /// The outcome in words; empty if the run had to pass.
    pub(crate) fn text(self, verdict: &Verdict) -> String {
        match self {
            Self::Pass => String::new(),
            Self::FailUnder(sabotage) => sabotage_text(sabotage, verdict),
            Self::FailAsKnown(known) => known_text(known, verdict),
        }
    }
}

fn known_text(known: &KnownFailure, verdict: &Verdict) -> String {
    let kernel = report::escape(&known.kernel);
    if verdict.skipped.is_some() {
        return String::new();
    }
    match oracle::fails_as_known(known, verdict) {
        Proof::By(_) => {
            let does = report::escape(&known.does.replace('\n', " "));
            format!("a known failure of {kernel}: {does}\n")
        }
        Proof::Nothing(why) => format!(
            "not the failure that is known of {kernel}: {why}; line {} of the scenario says \
             what is\n",
            known.line
        ),
    }
}

fn sabotage_text(sabotage: &Sabotage, verdict: &Verdict) -> String {
    let title = report::escape(&sabotage.title);
    if verdict.skipped.is_some() {
        return format!("not sabotaged ({title}): nothing was run\n");
    }
    match oracle::proof(sabotage, verdict) {
        Proof::By(judgement) => {
            let Judgement { name, seen, .. } = *judgement;
            format!("sabotaged ({title}): proved by `{name}`: {seen}\n")
        }
        Proof::Nothing(why) => format!("sabotaged ({title}): proves nothing: {why}\n"),
    }
}

/// Verdict and times, after the ladder if wanted.
pub(crate) fn text(
    recording: &Recording,
    verdict: &Verdict,
    options: &LadderOptions,
    with_ladder: bool,
    wall: Duration,
) -> String {
    let mut text = String::new();
    if with_ladder && verdict.skipped.is_none() {
        text.push_str(&report::ladder(recording, options));
        text.push('\n');
    }
    text.push_str(&report::verdict(verdict, recording, options));
    let protocol = recording.info.duration.since_start().as_secs_f64();
    let wall = wall.as_secs_f64();
    let kernel = &recording.info.kernel;
    let times = match recording.info.engine.is_virtual() {
        true => format!("{protocol:.1} s of protocol time in {wall:.2} s of wall time, {kernel}"),
        false => {
            let late = recording.info.late.map(|late| {
                let late = late.since_start().as_secs_f64() * 1000.0;
                format!(", at most {late:.0} ms late")
            });
            let late = late.unwrap_or_default();
            format!("{protocol:.1} s in real time{late}, {kernel}")
        }
    };
    text.push_str(&times);
    text.push('\n');
    text
}
