//! The clock of a run.

use nix::time::{ClockId, clock_gettime};
use recording::Time;

/// The kernel's monotonic clock, counted from the start of the run.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Clock {
    zero: u64,
}

impl Clock {
    /// A clock that starts now.
    pub(crate) fn start() -> Self {
        Self { zero: monotonic() }
    }

    /// How many whole seconds the kernel had been running at the start of the run.
    pub(crate) fn uptime(self) -> u64 {
        self.zero / 1_000_000_000
    }

    pub(crate) fn now(self) -> Time {
        self.at(monotonic())
    }

    /// The time of a stamp in nanoseconds of `CLOCK_MONOTONIC`. A stamp from before the
    /// start counts as the start.
    pub(crate) fn at(self, monotonic: u64) -> Time {
        Time::from_nanos(monotonic.saturating_sub(self.zero))
    }
}

fn monotonic() -> u64 {
    let now = clock_gettime(ClockId::CLOCK_MONOTONIC).expect("every Linux has this clock");
    u64::try_from(now.tv_sec()).unwrap_or(0) * 1_000_000_000
        + u64::try_from(now.tv_nsec()).unwrap_or(0)
}
