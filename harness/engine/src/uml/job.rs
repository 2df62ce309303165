//! The files in the run's folder, by which host and guest communicate.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::request::Sent;
use crate::stop::Stop;

/// The lab's program, which the kernel starts as its init.
pub(super) const INIT: &str = "init";
/// A [`Job`], in JSON.
pub(super) const JOB: &str = "job.json";
/// The answer, in the form of [`crate::answer`]. It grows during the run.
pub(super) const ANSWER: &str = "answer";
/// A [`StopNote`], in JSON. The file appears when the run is to stop.
pub(super) const STOP: &str = "stop.json";

/// The job of the guest.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Job {
    pub(super) request: Sent,
    /// Time limit of the job on the guest's clock.
    pub(super) protocol_limit: Duration,
    /// Whether the kernel's execution counts are wanted.
    #[serde(default)]
    pub(super) counts: bool,
}

/// The reason for which the run is to stop.
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
