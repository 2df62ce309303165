use bounds::{Interval, Span, TimerKind};
use recording::Time;

/// A timer that is running.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Armed {
    pub(crate) timer: TimerKind,
    /// When it was set.
    pub(crate) at: Time,
    /// The RTO that it is made of.
    pub(crate) rto: Span,
    /// How long after that it may run out.
    pub(crate) allowed: Interval,
}

impl Armed {
    /// How long it has been running.
    pub(crate) fn ran(&self, now: Time) -> Span {
        (now - self.at).into()
    }

    /// Whether it may run out now, give or take what handling takes.
    pub(crate) fn is_due(&self, now: Time, handling: Span) -> bool {
        let ran = self.ran(now);
        ran + handling >= self.allowed.least && ran <= self.allowed.most + handling
    }

    /// Whether it should have run out.
    pub(crate) fn is_overdue(&self, now: Time, handling: Span) -> bool {
        self.ran(now) > self.allowed.most + handling
    }

    /// When it may run out at the soonest.
    pub(crate) fn soonest(&self) -> Time {
        self.at + self.allowed.least.into()
    }

    /// When it has run out at the latest.
    pub(crate) fn latest(&self) -> Time {
        self.at + self.allowed.most.into()
    }
}
