//! The end of a phase on the host's clock.

use std::time::{Duration, Instant};

/// The end of a phase, on the host's clock, and the limit that it comes from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Deadline {
    at: Instant,
    limit: Duration,
}

impl Deadline {
    /// The deadline of a phase that begins now.
    pub(crate) fn after(limit: Duration) -> Self {
        Self::since(Instant::now(), limit)
    }

    pub(crate) fn since(start: Instant, limit: Duration) -> Self {
        // A limit beyond the range of the clock becomes a limit in 34 years: no phase
        // reaches either.
        let at = start.checked_add(limit);
        let far = Duration::from_secs(1 << 30);
        Self {
            at: at.unwrap_or_else(|| start + far),
            limit,
        }
    }

    pub(crate) fn left(&self) -> Duration {
        self.at.saturating_duration_since(Instant::now())
    }

    pub(crate) fn has_passed(&self) -> bool {
        self.left().is_zero()
    }

    pub(crate) fn limit(&self) -> Duration {
        self.limit
    }
}
