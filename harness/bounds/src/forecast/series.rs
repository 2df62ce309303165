//! The timers of a failed path, one after the other, with the errors that they count.

use super::{Driver, Gap, TimerKind};
use crate::{Interval, Probing, Span, Stack, Timing, Unanswered, back_off};

/// The timers of a failed path, in order, from the first lost packet on. The series ends
/// only where no timer is left that could run out.
pub(super) struct Series<'s> {
    stack: &'s Stack,
    timing: &'s Timing,
    driver: Driver,
    rto: Span,
    /// The RTO before the last error.
    before: Span,
    errors: u32,
    /// Whether the path is potentially failed and not yet unreachable.
    potentially_failed: bool,
    probed: bool,
    /// The remaining time until an unanswered HEARTBEAT counts as an error.
    answer: Option<Span>,
}

impl<'s> Series<'s> {
    pub(super) fn new(stack: &'s Stack, timing: &'s Timing, driver: Driver, rto: Span) -> Self {
        Self {
            stack,
            timing,
            driver,
            rto,
            before: rto,
            errors: 0,
            potentially_failed: false,
            probed: driver == Driver::Heartbeats,
            answer: match (driver, stack.unanswered.is) {
                (Driver::Heartbeats, Unanswered::AfterRto) => Some(rto),
                _ => None,
            },
        }
    }

    fn is_unreachable(&self) -> bool {
        self.errors > u32::from(self.timing.path_max_retrans)
    }

    fn is_probed(&self) -> bool {
        self.potentially_failed && !self.is_unreachable()
    }

    fn error(&mut self, timer: TimerKind, interval: Interval) -> Gap {
        self.errors = self.errors.saturating_add(1);
        let rto = self.rto;
        self.potentially_failed |= self.stack.is_potentially_failed(self.errors, self.timing);
        self.before = rto;
        self.rto = back_off(rto, self.timing);
        Gap {
            timer,
            rto,
            interval,
            errors: Some(self.errors),
        }
    }

    /// The next HEARTBEAT. It counts an error where the stack counts an unanswered HEARTBEAT
    /// when it sends the next one.
    fn heartbeat(&mut self, timer: TimerKind, interval: Option<Span>, rto: Span) -> Gap {
        let pause = self.stack.heartbeat_pause(interval, rto);
        let is_error = self.probed && self.stack.unanswered.is == Unanswered::AtTheNext;
        self.probed = true;
        if is_error {
            return self.error(timer, pause);
        }
        let after_rto = self.stack.unanswered.is == Unanswered::AfterRto;
        if after_rto {
            self.answer = Some(self.rto);
        }
        Gap {
            timer,
            rto,
            // The RTO within which the HEARTBEAT had to be answered is already over.
            interval: Interval {
                least: pause.least - if after_rto { rto } else { Span::ZERO },
                most: pause.most - if after_rto { rto } else { Span::ZERO },
            },
            errors: None,
        }
    }
}

impl Iterator for Series<'_> {
    type Item = Gap;

    fn next(&mut self) -> Option<Gap> {
        if self.answer.take().is_some() {
            let interval = self.stack.expiry(self.rto);
            let timer = if self.is_probed() {
                TimerKind::Probe
            } else {
                TimerKind::Answer
            };
            return Some(self.error(timer, interval));
        }
        let is_probed = self.is_probed();
        if !is_probed && !self.is_unreachable() && self.driver == Driver::Data {
            let interval = self.stack.expiry(self.rto);
            return Some(self.error(TimerKind::T3, interval));
        }
        if !self.timing.heartbeats {
            return None;
        }
        if !is_probed {
            let interval = Some(self.timing.heartbeat_interval.into());
            let before = self.rto;
            return Some(self.heartbeat(TimerKind::Heartbeat, interval, before));
        }
        match self.stack.probing.is {
            // The HEARTBEAT is sent at the moment of the error.
            Probing::AtOnce => {
                let interval = self.stack.expiry(self.rto);
                Some(self.error(TimerKind::Probe, interval))
            }
            Probing::AfterThePause if self.probed => {
                Some(self.heartbeat(TimerKind::Probe, None, self.rto))
            }
            Probing::AfterThePause => Some(self.heartbeat(TimerKind::Probe, None, self.before)),
        }
    }
}
