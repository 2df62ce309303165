//! Measures a run. Each measure has a module here and a line in the [table](measure).

mod delivery;
mod wire;

use recording::Recording;
use scenario::{Measured, Scenario};

use crate::number::Number;
use crate::timeline::Timeline;

/// The numbers that a scenario wants to know of a run. A number has the name of its
/// measure, or `MEASURE.PART` where a measure has several.
///
/// A measure is left out where the run has no value for it: the run never reached its
/// window, too few messages arrived, or the step to which it measures did not succeed.
#[must_use]
pub fn measure(scenario: &Scenario, recording: &Recording) -> Vec<Number> {
    if scenario.measures.is_empty() {
        return Vec::new();
    }
    let timeline = &Timeline::new(recording);
    let mut numbers = Vec::new();
    for measure in &scenario.measures {
        let found = match &measure.what {
            Measured::Time(it) => time(timeline, it),
            Measured::Gap(it) => delivery::gap(timeline, it),
            Measured::Latency(it) => delivery::latency(timeline, it),
            Measured::Throughput(it) => delivery::throughput(timeline, it),
            Measured::Retransmissions(it) => wire::retransmissions(timeline, it),
            Measured::Bytes(it) => wire::bytes(timeline, it),
        };
        for mut number in found.unwrap_or_default() {
            let part = std::mem::take(&mut number.name);
            number.name = match part.as_ref() {
                "" => measure.name.to_string().into(),
                part => format!("{}.{part}", measure.name).into(),
            };
            numbers.push(number);
        }
    }
    numbers
}

/// The part name of a measure that is a single number.
const WHOLE: &str = "";

fn time(timeline: &Timeline<'_>, wanted: &scenario::TimeBetween) -> Option<Vec<Number>> {
    let from = timeline.start_of(&wanted.from)?;
    let (to, outcome) = timeline.end_of(&wanted.to)?;
    match outcome {
        recording::Outcome::Done | recording::Outcome::Seen { .. } => {
            Some(vec![Number::time(WHOLE, to - from)])
        }
        recording::Outcome::NotSeen | recording::Outcome::Failed { .. } => None,
    }
}
