//! What came of one scenario, for people and for machines.

use std::path::Path;
use std::time::Duration;

use oracle::Verdict;
use recording::{Engine, Recording};
use report::LadderOptions;
use serde_json::{Value, json};

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
        "protocol-time-ns": recording.info.duration,
        "judgements": verdict.judgements,
    })
}

/// Verdict and whereabouts, below the ladder if that is wanted.
pub(crate) fn text(
    recording: &Recording,
    verdict: &Verdict,
    options: &LadderOptions,
    with_ladder: bool,
    folder: &Path,
    wall: Duration,
) -> String {
    let mut text = String::new();
    if with_ladder {
        text.push_str(&report::ladder(recording, options));
        text.push('\n');
    }
    text.push_str(&report::verdict(verdict, recording, options));
    let protocol = recording.info.duration.since_start().as_secs_f64();
    let wall = wall.as_secs_f64();
    let kernel = &recording.info.kernel;
    let times = match recording.info.engine {
        Engine::Vm => format!(
            "{protocol:.1} s of protocol time in {wall:.2} s ({:.0} times as fast), {kernel} in virtual time",
            protocol / wall
        ),
        Engine::Native => format!("{protocol:.1} s in real time, {kernel}"),
    };
    text.push_str(&format!("{times}\nrecording: {}\n", folder.display()));
    text
}
