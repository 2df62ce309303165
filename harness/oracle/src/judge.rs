//! Judges a recording: expectations, assertions, rules, the end of the run, and the
//! kernel's own faults.

use recording::{Ended, Outcome, Recording, Time};
use scenario::{Action, Assertion, Check, Expect, Scenario, Step};

use super::assertion::{self, not_reached};
use super::case::Case;
use super::cause;
use super::expectation;
use super::timeline::Timeline;
use super::verdict::{COMPLETE, Judgement, KERNEL, Result, Skip, Verdict};

/// Judges a recording by the expectations and assertions of its scenario.
#[must_use]
pub fn judge(scenario: &Scenario, recording: &Recording) -> Verdict {
    if let Ended::Lacking { capability, saw } = &recording.info.ended {
        return Verdict {
            judgements: Vec::new(),
            skipped: Some(Skip {
                capability: capability.clone(),
                saw: saw.clone(),
            }),
        };
    }
    let timeline = &Timeline::new(recording);
    let case = Case { scenario, timeline };
    let mut judgements = Vec::new();
    for step in &scenario.steps {
        judgements.extend(of_step(case, step));
        judgements.extend(of_rule(case, step));
    }
    for assertion in &scenario.assertions {
        judgements.push(assertion::judge(case, assertion));
    }
    judgements.extend(of_run(case));
    judgements.extend(of_kernel(recording));
    Verdict {
        judgements,
        skipped: None,
    }
}

fn of_step(case: Case<'_>, step: &Step) -> Option<Judgement> {
    let name = step.name.as_str();
    match (case.timeline.end_of(&step.name), &step.action) {
        (Some((_, Outcome::Failed { why })), _) => {
            let mut judgement = Judgement::of(false, step.to_string(), why.clone());
            judgement.cause = cause::of_step(case, step);
            Some(judgement.named(name, step.line))
        }
        (_, Action::Expect(expect)) => {
            Some(of_expectation(case, step, expect).named(name, step.line))
        }
        (ended, action) if action.expects() => {
            Some(of_peer(case, step, ended).named(name, step.line))
        }
        _ => None,
    }
}

/// Judges an expectation. One whose time is not over when the run ends has not failed.
fn of_expectation(case: Case<'_>, step: &Step, expect: &Expect) -> Judgement {
    let Case { scenario, timeline } = case;
    if timeline.start_of(&step.name).is_none() {
        return not_reached(expect.to_string());
    }
    if timeline.end_of(&step.name).is_none() {
        return Judgement {
            seen: "the run ended before this came".to_owned(),
            ..not_reached(expect.to_string())
        };
    }
    expectation::judge(scenario, timeline, step, expect)
}

/// Judges an expectation of a scripted peer. The peer compares what it receives during
/// the run, and continues only if all of it was as expected.
fn of_peer(case: Case<'_>, step: &Step, ended: Option<(Time, &Outcome)>) -> Judgement {
    let start = case.timeline.start_of(&step.name);
    match (start, ended) {
        (Some(start), Some((end, Outcome::Done))) => {
            let took = (end - start).as_millis();
            let seen = format!("after {}.{:03} s", took / 1000, took % 1000);
            Judgement::of(true, step.to_string(), seen)
        }
        (Some(_), _) => Judgement {
            seen: "the run ended before this came".to_owned(),
            ..not_reached(step.to_string())
        },
        (None, _) => not_reached(step.to_string()),
    }
}

/// Fails a run that was stopped before its end: such a run proves nothing.
fn of_run(case: Case<'_>) -> Option<Judgement> {
    let Ended::Early { why } = &case.timeline.recording.info.ended else {
        return None;
    };
    let wanted = "the run comes to its end".to_owned();
    let mut judgement = Judgement::of(false, wanted, why.clone());
    judgement.cause = cause::of_early_end(case);
    Some(judgement.named(COMPLETE, 0))
}

/// Fails a run in which the kernel reported a fault of its own, whatever else the kernel
/// did right.
fn of_kernel(recording: &Recording) -> Option<Judgement> {
    let complaint = recording.info.complaint.as_ref()?;
    let wanted = "the kernel finds no fault of its own".to_owned();
    let mut judgement = Judgement::of(false, wanted, complaint.what.clone());
    judgement.cause = Some(
        "a fault in the kernel's own code: `complaint` in run.json of the recording has its \
         log, and scripts/decode_stacktrace.sh of the kernel's tree the lines of its code"
            .to_owned(),
    );
    Some(judgement.named(KERNEL, 0))
}

/// Fails a rule that never acted: the rule is a mistake in the scenario, or the packets
/// that it matches never came. A rule whose actions the scenario itself counts is exempt.
fn of_rule(case: Case<'_>, step: &Step) -> Option<Judgement> {
    let Action::AddRule(added) = &step.action else {
        return None;
    };
    let is_counted =
        |it: &Assertion| matches!(&it.check, Check::Counters(it) if it.rule == added.name);
    if case.scenario.assertions.iter().any(is_counted) {
        return None;
    }
    let name = added.name.as_str();
    let (wanted, seen) = match case.timeline.counted(name)? {
        (0, _) => ("matches", "it never matched".to_owned()),
        (matched, 0) => ("takes", format!("it took none of the {matched} it matched")),
        _ => return None,
    };
    let wanted = format!("rule {name} {wanted} at least one frame");
    let mut judgement = Judgement::of(false, wanted, seen);
    if !case.timeline.is_complete() {
        judgement.result = Result::NotReached;
    }
    Some(judgement.named(name, step.line))
}
