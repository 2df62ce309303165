//! The likeliest cause of a failure, where the recording holds one.
//!
//! A cause is named only where a packet, a call or a state on record shows it. Otherwise
//! no cause is named.

mod elsewhere;
mod ended;
mod icmp;
mod lost;
mod path;
mod program;

use recording::{Event, Observation, Time};
use scenario::{Action, Check, Expect, Expected, Scenario, Step, StepName};

use super::case::Case;
use super::finding::Finding;
use super::timeline::Timeline;

pub(crate) use lost::of_lost_message;
pub(crate) use path::{has_taken, of_notification};

/// Why an expectation was not seen.
pub(crate) fn of_expectation(
    scenario: &Scenario,
    timeline: &Timeline<'_>,
    expect: &Expect,
    since: Time,
) -> Option<String> {
    let case = Case { scenario, timeline };
    let at = expect.at.as_str();
    let until = timeline.recording.info.duration;
    let own = match &expect.what {
        Expected::Notification(pattern) => of_notification(case, at, pattern, until)
            .or_else(|| path::untouched(case, pattern, since)),
        Expected::Path(path) => path::of_path(case, at, path, until, since),
        Expected::Association(_) => path::without_one(case, at),
        Expected::Message { .. } => None,
        Expected::Output(_) | Expected::Exited { .. } | Expected::Signalled { .. } => {
            return program::of(case, at, since);
        }
    };
    let own = own.or_else(|| ended::of(case, &[at], until));
    // An event may be missing at a socket because the program at the other end has ended.
    let other = program::ended(case, until);
    match (own, other) {
        (Some(own), Some(other)) => Some(format!("{own}; {other}")),
        (own, other) => own.or(other).or_else(|| idle_rule(case, since)),
    }
}

/// Why an assertion fails, apart from the causes that only its own kind can have.
/// `endpoints` are those whose associations the assertion needs; an empty list means all.
pub(crate) fn of_assertion(
    case: Case<'_>,
    check: &Check,
    endpoints: &[&str],
    finding: &Finding,
) -> Option<String> {
    if let Some((differs, count)) = finding.instead() {
        return Some(match count {
            1 => format!("it came with {differs}"),
            _ => format!("they came with {differs}"),
        });
    }
    if !finding.is_short() {
        return None;
    }
    let until = match check.window() {
        Some(window) => case.timeline.span(window)?.1,
        None => case.timeline.recording.info.duration,
    };
    let of_chunks = match check {
        Check::Chunks(it) => elsewhere::of(case, it),
        _ => None,
    };
    of_chunks.or_else(|| ended::of(case, endpoints, until))
}

/// Why a step could not be done.
pub(crate) fn of_step(case: Case<'_>, step: &Step) -> Option<String> {
    let (until, _) = case.timeline.end_of(&step.name)?;
    let endpoint = match &step.action {
        Action::Send(it) => &it.from,
        Action::Set(it) => &it.at,
        Action::Close(it) => &it.endpoint,
        Action::Abort(it) => &it.endpoint,
        Action::Shutdown(it) => &it.endpoint,
        _ => return None,
    };
    ended::of(case, &[endpoint.as_str()], until)
}

/// The step that a stopped run was waiting for, and the rule that took the most frames.
pub(crate) fn of_early_end(case: Case<'_>) -> Option<String> {
    let timeline = case.timeline;
    let going_on = case.scenario.steps.iter().rev().find(|step| {
        timeline.start_of(&step.name).is_some() && timeline.end_of(&step.name).is_none()
    })?;
    let name = &going_on.name;
    let mut words = match &going_on.action {
        Action::Send(it) => {
            let taken = timeline
                .observations()
                .filter(|(_, it)| is_sent_by(it, name.as_str()));
            let taken = taken.count();
            format!(
                "the step `{name}` was waiting: the socket had taken {taken} of its {} messages",
                it.count
            )
        }
        action => format!("the step `{name}` had not come to its end: {action}"),
    };
    let taken = timeline
        .observations()
        .filter_map(|(_, it)| match &it.event {
            Event::Rule { rule, taken, .. } if *taken > 0 => Some((*taken, rule)),
            _ => None,
        });
    if let Some((taken, rule)) = taken.max_by_key(|(taken, _)| *taken) {
        words.push_str(&format!("; the rule `{rule}` took {taken} frames"));
    }
    Some(words)
}

fn is_counted(case: Case<'_>, rule: &StepName) -> bool {
    let mut assertions = case.scenario.assertions.iter();
    assertions.any(|it| matches!(&it.check, Check::Counters(it) if it.rule == *rule))
}

fn is_sent_by(it: &Observation, name: &str) -> bool {
    matches!(&it.event, Event::Sent { step, error: None, .. } if step == name)
}

/// A rule of the scenario that has matched no frame since that moment.
fn idle_rule(case: Case<'_>, since: Time) -> Option<String> {
    let rules = case.scenario.steps.iter().filter(|step| {
        let started = case.timeline.start_of(&step.name);
        started.is_some_and(|it| it <= since)
    });
    rules.rev().find_map(|step| match &step.action {
        // A rule whose matches the scenario counts may rightly match nothing.
        Action::AddRule(rule) if !is_counted(case, &rule.name) => {
            let name = rule.name.as_str();
            match case.timeline.counted(name)? {
                (0, _) => Some(format!("the rule `{name}` matched no frame")),
                _ => None,
            }
        }
        _ => None,
    })
}
