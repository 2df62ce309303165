//! Judges a capture that the lab did not make.

use recording::Recording;
use scenario::Scenario;

use super::assertion::judge_capture;
use super::case::Case;
use super::timeline::Timeline;
use super::verdict::Verdict;

/// Judges a capture by those assertions of a scenario that are about packets on the wire.
/// A capture does not show what its endpoints reported or called. Nor does it show when a
/// step ran, unless the recording has been given the times of the steps.
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
