//! Judging a capture that the lab did not make.

use recording::Recording;
use scenario::{Assertion, Check, Scenario, Window};

use super::timeline::Timeline;
use super::verdict::{Judgement, Result, Verdict};
use super::{chunks, echoes, followed, intervals, sequence};

/// Judges a capture by those assertions of a scenario that are about the wire.
/// What its endpoints saw and did, a capture does not show; nor when a step was,
/// unless the recording has been told.
#[must_use]
pub fn judge(scenario: &Scenario, recording: &Recording) -> Verdict {
    let timeline = Timeline::new(recording);
    let assertions = scenario.assertions.iter();
    Verdict {
        judgements: assertions
            .map(|it| of_assertion(scenario, &timeline, it))
            .collect(),
        skipped: None,
    }
}

fn of_assertion(scenario: &Scenario, timeline: &Timeline<'_>, assertion: &Assertion) -> Judgement {
    let window = match &assertion.check {
        Check::Chunks(it) => Some(&it.window),
        Check::Sequence(it) => Some(&it.window),
        Check::Echoes(it) => Some(&it.window),
        Check::Intervals(it) => Some(&it.window),
        _ => None,
    };
    let judgement = match &assertion.check {
        Check::Chunks(it) => chunks::judge(timeline, it),
        Check::Sequence(it) => sequence::judge(timeline, it),
        Check::Echoes(it) => echoes::judge(timeline, it),
        Check::Intervals(it) => intervals::judge(timeline, it),
        Check::Followed(it) => Some(followed::judge(scenario, timeline, it)),
        _ => None,
    };
    let judgement = judgement.unwrap_or_else(|| {
        let why = match window {
            Some(window) => unknown(timeline, window),
            None => "it is not about the wire".to_owned(),
        };
        Judgement {
            result: Result::NotShown,
            ..Judgement::of(false, assertion.check.to_string(), why)
        }
    });
    judgement.named(assertion.name.as_str(), assertion.line)
}

/// Which steps of a window have no known time.
fn unknown(timeline: &Timeline<'_>, window: &Window) -> String {
    let steps = window.after.iter().chain(&window.before);
    let unknown: Vec<String> = steps
        .filter(|step| timeline.start_of(step).is_none())
        .map(|step| format!("`{step}`"))
        .collect();
    format!("when {} was, is not known", unknown.join(" and "))
}
