//! Forecasts of the time that a stack takes to detect a failure or a repair: the sum of
//! its timers, each with the greatest random part and lateness.

mod association;
mod failover;
mod heartbeat;
mod init;
mod series;
mod shutdown;
mod words;

use super::{Interval, Span, Stack};

pub use association::association;
pub use failover::failover;
pub use heartbeat::heartbeat;
pub use init::{SetUp, init};
pub use shutdown::shutdown;

/// The use of a path, which determines the timer that detects its failure first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Driver {
    /// The path carries data: T3-rtx.
    Data,
    /// The path is idle: HEARTBEATs.
    Heartbeats,
}

/// The kind of a timer that contributes to a forecast.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimerKind {
    /// T3-rtx.
    T3,
    /// The next HEARTBEAT at the normal interval.
    Heartbeat,
    /// The next HEARTBEAT of a potentially failed path.
    Probe,
    /// The RTO within which a HEARTBEAT must be acknowledged.
    Answer,
    /// T1-init.
    T1Init,
    /// T1-cookie.
    T1Cookie,
    /// T2-shutdown.
    T2,
    /// T5-shutdown-guard.
    T5,
    /// T-4 RTO, of an ASCONF (RFC 5061 section 5.1).
    T4,
    /// The Re-configuration Timer, of a RE-CONFIG (RFC 6525 section 5.1.1).
    Reconfiguration,
}

impl TimerKind {
    /// Whether this is a HEARTBEAT timer, which has a random part.
    #[must_use]
    pub fn is_of_heartbeats(self) -> bool {
        matches!(self, TimerKind::Heartbeat | TimerKind::Probe)
    }
}

/// A timer, and the effect of its expiry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    /// Kind of the timer.
    pub timer: TimerKind,
    /// The RTO from which the timer is computed; for T5 its whole length.
    pub rto: Span,
    /// Time from the expiry of the timer before to this expiry.
    pub interval: Interval,
    /// The number of errors, or of expiries, after this expiry; `None` if it counts none.
    pub errors: Option<u32>,
}

/// A forecast time, and the timers that add up to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forecast {
    /// Name of the stack.
    pub stack: &'static str,
    /// The timers, in order.
    pub gaps: Vec<Gap>,
    /// Time from the beginning to the end. For one path this is the sum of the gaps.
    pub interval: Interval,
    /// Reason why the event never comes, if it never comes.
    pub never: Option<&'static str>,
    /// The rules behind the forecast, each with its source.
    pub rules: Vec<String>,
}

impl Forecast {
    fn of(stack: &Stack, gaps: Vec<Gap>, rules: Vec<String>) -> Self {
        Self {
            stack: stack.name,
            interval: gaps.iter().map(|gap| gap.interval).sum(),
            gaps,
            never: None,
            rules,
        }
    }

    fn never(stack: &Stack, gaps: Vec<Gap>, why: &'static str, rules: Vec<String>) -> Self {
        Self {
            never: Some(why),
            interval: Interval::exactly(Span::FOREVER),
            ..Self::of(stack, gaps, rules)
        }
    }
}
