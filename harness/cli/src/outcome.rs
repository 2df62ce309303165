//! What came of one scenario, for people and for machines.

use std::time::Duration;

use oracle::{Judgement, Proof, Verdict};
use recording::Recording;
use report::LadderOptions;
use scenario::Sabotage;
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
        "skipped": verdict.skipped,
        "protocol-time-ns": recording.info.duration,
        "judgements": verdict.judgements,
    })
}

/// What a sabotaged run proves, as a JSON object; without a sabotage `null`.
pub(crate) fn proof_json(sabotage: Option<&Sabotage>, verdict: &Verdict) -> Value {
    match sabotage.map(|sabotage| oracle::proof(sabotage, verdict)) {
        Some(Proof::By(judgement)) => json!({"proved": true, "by": judgement.name}),
        Some(Proof::Nothing(why)) => json!({"proved": false, "why": why}),
        None => Value::Null,
    }
}

/// Whether a scenario passed or was skipped, or if it was sabotaged, failed as
/// it must.
pub(crate) fn good(sabotage: Option<&Sabotage>, verdict: &Verdict) -> bool {
    match sabotage {
        _ if verdict.skipped.is_some() => true,
        Some(sabotage) => oracle::proof(sabotage, verdict).holds(),
        None => verdict.passed(),
    }
}

/// What a sabotaged run proves, in words.
pub(crate) fn sabotage_text(sabotage: &Sabotage, verdict: &Verdict) -> String {
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

/// Verdict and times, below the ladder if that is wanted.
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
        false => format!("{protocol:.1} s in real time, {kernel}"),
    };
    text.push_str(&times);
    text.push('\n');
    text
}
