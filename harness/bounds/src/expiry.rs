//! The earliest and the latest expiry of a stack's timers.

use super::{Interval, Lateness, PotentiallyFailed, Probing, Span, Stack, Timing};

impl Lateness {
    /// The greatest lateness of a timer of this length.
    #[must_use]
    pub fn of(&self, timer: Span) -> Span {
        self.part.map_or(Span::ZERO, |part| timer / part) + self.tick
    }
}

impl Stack {
    /// The range of the expiry of a timer of this length.
    #[must_use]
    pub fn expiry(&self, timer: Span) -> Interval {
        self.expiry_within(Interval::exactly(timer))
    }

    /// The range of the expiry of a timer whose length lies in this range.
    #[must_use]
    pub fn expiry_within(&self, timer: Interval) -> Interval {
        Interval {
            least: timer.least,
            most: timer.most + self.lateness.is.of(timer.most),
        }
    }

    /// The range of the time from setting a path's HEARTBEAT timer to the next HEARTBEAT.
    /// `interval` is HB.interval, or `None` where the stack leaves it out, as it does on
    /// a potentially failed and on an unconfirmed path.
    #[must_use]
    pub fn heartbeat_pause(&self, interval: Option<Span>, rto: Span) -> Interval {
        if interval.is_none() && self.probing.is == Probing::AtOnce {
            return self.expiry(rto);
        }
        let fixed = self.heartbeat_timeout(interval, rto);
        self.expiry_within(Interval {
            least: fixed,
            most: fixed + rto,
        })
    }

    /// The part of the HEARTBEAT timer that is not random. No HEARTBEAT is sent on a path
    /// that carried data within this time.
    #[must_use]
    pub fn heartbeat_timeout(&self, interval: Option<Span>, rto: Span) -> Span {
        let fixed = interval.unwrap_or(Span::ZERO) + rto / 2;
        fixed.max(self.heartbeat.is.floor)
    }

    /// Whether an active path with this number of errors becomes potentially failed.
    #[must_use]
    pub fn is_potentially_failed(&self, errors: u32, timing: &Timing) -> bool {
        let limit = u32::from(timing.path_max_retrans);
        timing.potentially_failed.is_some_and(|threshold| {
            let threshold = u32::from(threshold);
            errors > threshold
                && match self.potentially_failed.is {
                    PotentiallyFailed::UpToTheLimit => threshold < limit && errors <= limit,
                    PotentiallyFailed::BelowTheLimit => errors < limit,
                }
        })
    }
}

/// Doubles an RTO as section 6.3.3 rule E2 of RFC 9260 says, up to RTO.Max.
#[must_use]
pub fn back_off(rto: Span, timing: &Timing) -> Span {
    (rto * 2).min(timing.rto_max.into())
}
