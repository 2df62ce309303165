//! Until when something may take.

use std::time::{Duration, Instant};

/// The end of a phase, on the host's clock, and the limit that it comes from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Deadline {
    at: Instant,
    limit: Duration,
}

impl Deadline {
    /// So long from now.
    pub(super) fn after(limit: Duration) -> Self {
        Self::since(Instant::now(), limit)
    }

    pub(super) fn since(start: Instant, limit: Duration) -> Self {
        // Beyond what a clock can tell there is no limit that anybody will see.
        let at = start.checked_add(limit);
        let far = Duration::from_secs(1 << 30);
        Self {
            at: at.unwrap_or_else(|| start + far),
            limit,
        }
    }

    pub(super) fn left(&self) -> Duration {
        self.at.saturating_duration_since(Instant::now())
    }

    pub(super) fn has_passed(&self) -> bool {
        self.left().is_zero()
    }

    pub(super) fn limit(&self) -> Duration {
        self.limit
    }
}
