//! Fuzz targets for recordings of others.

use report::{Excerpt, Hosts, LadderOptions, Run, Side};

/// What stands between two files of a recording in the input.
const BETWEEN: &[u8] = b"\n=====\n";

/// A recording, its four files one after the other with a line between them. The recording
/// is judged, and shown in every form.
///
/// # Panics
///
/// If there is nothing to show.
pub fn recording(data: &[u8]) {
    let Ok(recording) = recording::unpack(&packed(data)) else {
        return;
    };
    let options = LadderOptions::default();
    for full in [false, true] {
        let options = LadderOptions {
            full,
            ..options.clone()
        };
        let excerpt = Excerpt::whole(&recording);
        assert!(!report::ladder_of(&excerpt, &options).is_empty());
        assert!(!report::svg(&excerpt, &options).is_empty());
        assert!(!report::mermaid(&excerpt, &options).is_empty());
        let hosts = Hosts::of(&recording.interfaces);
        for line in report::ladder_json(&excerpt, &hosts, &options) {
            assert!(line.is_object());
        }
    }
    let _ = report::flow_snapshot(&recording);
    let name = &recording.info.scenario;
    let Ok(scenario) = scenario::parse(name, &recording.scenario) else {
        return;
    };
    let title = recording.info.sabotage.as_ref();
    let mut sabotages = scenario.sabotages.iter();
    let verdict = match sabotages.find(|it| Some(&it.title) == title) {
        Some(sabotage) => oracle::judge(&scenario.sabotaged(sabotage), &recording),
        None => oracle::judge(&scenario, &recording),
    };
    let _ = oracle::judge_capture(&scenario, &recording);
    let _ = report::verdict(&verdict, &recording, &options);
    let _ = report::verdict_line(&verdict);
    let _ = report::explain(&scenario, &recording, &verdict, &options);
    let _ = report::explain_json(&scenario, &recording, &options);
    let run = Run {
        recording: &recording,
        scenario: &scenario,
        verdict: &verdict,
        good: verdict.passed(),
    };
    let _ = report::html(&[run], &mut []);
    let side = || Side {
        recording: &recording,
        verdict: &verdict,
    };
    drop(report::diff(side(), side()));
}

/// The files as the lab packs them: name and content of each, both behind their lengths.
fn packed(data: &[u8]) -> Vec<u8> {
    let names = [
        recording::INFO,
        recording::SCENARIO,
        recording::OBSERVATIONS,
        recording::CAPTURE,
    ];
    let mut packed = Vec::new();
    let mut rest = data;
    for name in names {
        let end = match name {
            recording::CAPTURE => None,
            _ => rest.windows(BETWEEN.len()).position(|it| it == BETWEEN),
        };
        let file = &rest[..end.unwrap_or(rest.len())];
        rest = &rest[end.map_or(rest.len(), |end| end + BETWEEN.len())..];
        for field in [name.as_bytes(), file] {
            packed.extend((field.len() as u64).to_le_bytes());
            packed.extend(field);
        }
    }
    packed
}
