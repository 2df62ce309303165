//! The facts about a run: its scenario, engine, kernel and seed, and how it ended.

use serde::{Deserialize, Serialize};

use super::{Engine, Time};

/// Version of the recording's format. Format 1, which identified associations by the
/// kernel's identifiers, can still be read.
pub const FORMAT: u32 = 2;

/// What was run, where, and how it ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Info {
    /// Version of the format: [`FORMAT`].
    pub format: u32,
    /// The scenario's name.
    pub scenario: String,
    /// Title of the sabotage under which the scenario was run, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sabotage: Option<String>,
    /// Engine of the run.
    pub engine: Engine,
    /// The operating system and its release (`Linux 6.1.0-56-cloud-amd64`).
    pub kernel: String,
    /// Seed of the run, if one was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seed: Option<u64>,
    /// Whether another run with this seed on this kernel is equal to the byte. Absent in
    /// real time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exact: Option<bool>,
    /// Seconds for which the kernel had been running when the recording began. Absent in
    /// recordings of older labs, and in captures.
    #[serde(default, skip_serializing_if = "Option::is_none", rename = "uptime-s")]
    pub uptime: Option<u64>,
    /// Greatest lateness of the machine: a record may be late by as much. Only present in
    /// real time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub late: Option<Time>,
    /// The kernel's report of a fault of its own, if the engine reads the kernel's log
    /// and found one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub complaint: Option<Complaint>,
    /// How the run ended.
    pub ended: Ended,
    /// Time of the end.
    pub duration: Time,
}

/// A kernel's report of its own fault: a warning, a bug, a report of KASAN.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Complaint {
    /// First line of the report, without the time (`BUG: KASAN: slab-use-after-free in
    /// …`).
    pub what: String,
    /// The kernel's log from that line on, at most some thousand lines.
    pub log: String,
}

/// How a run ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "how")]
pub enum Ended {
    /// All steps were run.
    Complete,
    /// An expectation of a step was not met, or the step could not be done. Later steps
    /// were not run.
    AtStep {
        /// The name of the step.
        step: String,
    },
    /// The kernel lacks a capability that the scenario needs. Nothing was run.
    Lacking {
        /// The capability, by its name in the scenario.
        capability: String,
        /// The result of the probe, in words.
        saw: String,
    },
    /// The run was stopped from outside, or by a limit.
    Early {
        /// The reason, in words.
        why: String,
    },
}
