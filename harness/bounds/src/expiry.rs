//! Between which times a timer of a stack runs out.

use super::{Interval, Lateness, PotentiallyFailed, Probing, Span, Stack, Timing};

impl Lateness {
    /// How late a timer of that length may be.
    #[must_use]
    pub fn of(&self, timer: Span) -> Span {
        self.part.map_or(Span::ZERO, |part| timer / part) + self.tick
    }
}

impl Stack {
    /// When a timer that is set to this length runs out.
    #[must_use]
    pub fn expiry(&self, timer: Span) -> Interval {
        self.expiry_within(Interval::exactly(timer))
    }

    /// When a timer runs out that is set to a length between these.
    #[must_use]
    pub fn expiry_within(&self, timer: Interval) -> Interval {
        Interval {
            least: timer.least,
            most: timer.most + self.lateness.is.of(timer.most),
        }
    }

    /// When the next HEARTBEAT of a path goes out, from when its timer was set:
    /// `interval` is its HB.interval, or nothing where the stack leaves that out,
    /// as it does on a potentially failed and on an unconfirmed path.
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

    /// That part of the pause before a HEARTBEAT that is not drawn by chance. No
    /// HEARTBEAT goes out on a path that carried data within that time.
    #[must_use]
    pub fn heartbeat_timeout(&self, interval: Option<Span>, rto: Span) -> Span {
        let fixed = interval.unwrap_or(Span::ZERO) + rto / 2;
        fixed.max(self.heartbeat.is.floor)
    }

    /// Whether an active path with so many errors becomes potentially failed.
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
