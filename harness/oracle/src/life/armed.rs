//! A running timer, and the times at which it may run out.

use bounds::{Interval, Span, TimerKind};
use recording::Time;

/// A timer that is running.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Armed {
    pub(crate) timer: TimerKind,
    /// The moment at which the timer was set.
    pub(crate) at: Time,
    /// The RTO from which the timer was computed.
    pub(crate) rto: Span,
    /// The shortest and the longest time from `at` after which the timer may run out.
    pub(crate) allowed: Interval,
}

impl Armed {
    /// The time for which the timer has been running.
    pub(crate) fn ran(&self, now: Time) -> Span {
        (now - self.at).into()
    }

    /// Whether the timer may run out now. `handling` is the tolerance for handling the
    /// expiry.
    pub(crate) fn is_due(&self, now: Time, handling: Span) -> bool {
        let ran = self.ran(now);
        ran + handling >= self.allowed.least && ran <= self.allowed.most + handling
    }

    /// Whether the timer had to run out before now.
    pub(crate) fn is_overdue(&self, now: Time, handling: Span) -> bool {
        self.ran(now) > self.allowed.most + handling
    }

    /// The earliest moment at which the timer may run out.
    pub(crate) fn soonest(&self) -> Time {
        self.at + self.allowed.least.into()
    }

    /// The latest moment at which the timer may run out.
    pub(crate) fn latest(&self) -> Time {
        self.at + self.allowed.most.into()
    }
}
