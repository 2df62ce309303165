//! Judging a capture that the lab did not make.

use recording::Recording;
use scenario::Scenario;

use super::assertion::{Case, judge_capture};
use super::timeline::Timeline;
use super::verdict::Verdict;

/// Judges a capture by those assertions of a scenario that are about the wire.
/// What its endpoints saw and did, a capture does not show; nor when a step was,
/// unless the recording has been told.
#[must_use]
pub fn judge(scenario: &Scenario, recording: &Recording) -> Verdict {
    let timeline = &Timeline::new(recording);
    let case = Case { scenario, timeline };
    let assertions = scenario.assertions.iter();
    Verdict {
        judgements: assertions.map(|it| judge_capture(case, it)).collect(),
        skipped: None,
    }
}
