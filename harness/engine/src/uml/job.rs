//! The files that host and guest write for each other into the run's folder.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::request::Sent;
use crate::stop::Stop;

/// The lab's program, which the kernel starts as its init.
pub(super) const INIT: &str = "init";
/// A [`Job`], in JSON.
pub(super) const JOB: &str = "job.json";
/// What comes of it, as [`crate::answer`] has it; grows while it runs.
pub(super) const ANSWER: &str = "answer";
/// There from when the run is to stop: a [`StopNote`], in JSON.
pub(super) const STOP: &str = "stop.json";

/// What the guest is to do.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Job {
    pub(super) request: Sent,
    /// How much of the guest's time it may take.
    pub(super) protocol_limit: Duration,
    /// Whether the kernel's counts of what was executed are wanted.
    #[serde(default)]
    pub(super) counts: bool,
}

/// Why it is to stop.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(super) enum StopNote {
    Interrupted,
    WallLimit(Duration),
}

impl From<Stop> for StopNote {
    fn from(stop: Stop) -> Self {
        match stop {
            Stop::Interrupted => Self::Interrupted,
            Stop::WallLimit(limit) => Self::WallLimit(limit),
        }
    }
}

impl From<StopNote> for Stop {
    fn from(note: StopNote) -> Self {
        match note {
            StopNote::Interrupted => Self::Interrupted,
            StopNote::WallLimit(limit) => Self::WallLimit(limit),
        }
    }
}
