use recording::{Ended, Outcome, Recording};
use scenario::{Action, Assertion, Check, Expect, Scenario, Step};

use super::timeline::Timeline;
use super::verdict::{Judgement, Result, Skip, Verdict};
use super::{
    calls, chunks, counters, delivery, echoes, expectation, followed, intervals, messages,
    notifications, paths, sequence,
};

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
    let timeline = Timeline::new(recording);
    let mut judgements = Vec::new();
    for step in &scenario.steps {
        judgements.extend(of_step(scenario, &timeline, step));
        judgements.extend(of_rule(scenario, &timeline, step));
    }
    for assertion in &scenario.assertions {
        judgements.push(of_assertion(scenario, &timeline, assertion));
    }
    judgements.extend(of_run(recording));
    Verdict {
        judgements,
        skipped: None,
    }
}

fn of_step(scenario: &Scenario, timeline: &Timeline<'_>, step: &Step) -> Option<Judgement> {
    let name = step.name.as_str();
    match (timeline.end_of(&step.name), &step.action) {
        (Some((_, Outcome::Failed { why })), action) => {
            let judgement = Judgement::of(false, action.to_string(), why.clone());
            Some(judgement.named(name, step.line))
        }
        (_, Action::Expect(expect)) => {
            Some(of_expectation(scenario, timeline, step, expect).named(name, step.line))
        }
        _ => None,
    }
}

fn of_expectation(
    scenario: &Scenario,
    timeline: &Timeline<'_>,
    step: &Step,
    expect: &Expect,
) -> Judgement {
    if timeline.start_of(&step.name).is_none() {
        return not_reached(expect.to_string());
    }
    expectation::judge(scenario, timeline, step, expect)
}

fn of_assertion(scenario: &Scenario, timeline: &Timeline<'_>, assertion: &Assertion) -> Judgement {
    let wanted = assertion.check.to_string();
    let judgement = match &assertion.check {
        Check::Delivered(it) => Some(delivery::judge(timeline, it)),
        Check::Chunks(it) => chunks::judge(timeline, it),
        Check::Notifications(it) => notifications::judge(timeline, it),
        Check::Messages(it) => messages::judge(timeline, it),
        Check::Calls(it) => calls::judge(timeline, it),
        Check::Paths(it) => paths::judge(timeline, it),
        Check::Sequence(it) => sequence::judge(timeline, it),
        Check::Echoes(it) => echoes::judge(timeline, it),
        Check::Followed(it) => Some(followed::judge(scenario, timeline, it)),
        Check::Intervals(it) => intervals::judge(timeline, it),
        Check::Counters(it) => Some(counters::judge(timeline, it)),
    };
    let mut judgement = judgement.unwrap_or_else(|| not_reached(wanted));
    if judgement.result == Result::Failed && judgement.cause.is_none() {
        judgement.cause = super::cause::of_assertion(scenario, timeline, &assertion.check);
    }
    judgement.named(assertion.name.as_str(), assertion.line)
}

fn not_reached(wanted: String) -> Judgement {
    Judgement {
        result: Result::NotReached,
        ..Judgement::of(false, wanted, "the run ended before it".to_owned())
    }
}

/// A run that was stopped proves nothing.
fn of_run(recording: &Recording) -> Option<Judgement> {
    match &recording.info.ended {
        Ended::Early { why } => Some(
            Judgement::of(false, "the run comes to its end".to_owned(), why.clone())
                .named("complete", 0),
        ),
        Ended::Complete | Ended::AtStep { .. } | Ended::Lacking { .. } => None,
    }
}

/// A rule that never acted shows nothing: it is a mistake in the scenario, or
/// the packets that it waits for never came. Unless the scenario itself says how
/// often it acts.
fn of_rule(scenario: &Scenario, timeline: &Timeline<'_>, step: &Step) -> Option<Judgement> {
    let Action::AddRule(added) = &step.action else {
        return None;
    };
    let is_counted =
        |it: &Assertion| matches!(&it.check, Check::Counters(it) if it.rule == added.name);
    if scenario.assertions.iter().any(is_counted) {
        return None;
    }
    let name = added.name.as_str();
    let (wanted, seen) = match counters::counted(timeline, name)? {
        (0, _) => ("matches", "it never matched".to_owned()),
        (matched, 0) => ("takes", format!("it took none of the {matched} it matched")),
        _ => return None,
    };
    let wanted = format!("rule {name} {wanted} at least one frame");
    Some(Judgement::of(false, wanted, seen).named(name, step.line))
}
