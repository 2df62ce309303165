//! The files of a recording.

/// The file with the run's data: what was run and how it ended.
pub const INFO: &str = "run.json";
/// The file with the text of the scenario.
pub const SCENARIO: &str = "scenario.yaml";
/// The file with the observations, one a line.
pub const OBSERVATIONS: &str = "observations.jsonl";
/// The file with the packets.
pub const CAPTURE: &str = "capture.pcapng";

/// All files of a recording.
pub(crate) const FILES: [&str; 4] = [INFO, SCENARIO, OBSERVATIONS, CAPTURE];

/// Greatest length of a `run.json`.
pub(crate) const LONGEST_INFO: u64 = 1 << 20;
