//! How long a stack may take to notice something, reckoned before it happens:
//! each timer with all that chance and lateness add to it.

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

/// What a path is being used for, and so by which timer its failure is noticed
/// first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Driver {
    /// Data: T3-rtx.
    Data,
    /// Nothing: HEARTBEATs.
    Heartbeats,
}

/// A timer that runs out on the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimerKind {
    /// T3-rtx.
    T3,
    /// The next HEARTBEAT at the normal interval.
    Heartbeat,
    /// The next HEARTBEAT of a potentially failed path.
    Probe,
    /// The RTO within which a HEARTBEAT is to be acknowledged.
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
    /// Whether it is that of a HEARTBEAT, which chance makes longer.
    #[must_use]
    pub fn is_of_heartbeats(self) -> bool {
        matches!(self, TimerKind::Heartbeat | TimerKind::Probe)
    }
}

/// One timer, and what its expiry means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    /// Which timer.
    pub timer: TimerKind,
    /// The RTO that it is made of; for T5 its whole length.
    pub rto: Span,
    /// From when the timer before it ran out until it runs out itself.
    pub interval: Interval,
    /// The errors, or expiries, that are counted then; `None` where it counts none.
    pub errors: Option<u32>,
}

/// How long something may take, and by which timers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forecast {
    /// By whose rules.
    pub stack: &'static str,
    /// The timers, one after the other.
    pub gaps: Vec<Gap>,
    /// From the beginning to the end. For one path it is the sum of the gaps.
    pub interval: Interval,
    /// Why it never comes to that, where it does not.
    pub never: Option<&'static str>,
    /// The rules that were reckoned by, each with its source.
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
