//! How long SCTP may take to notice things: the timers of a stack, as data with
//! their sources, and what follows from them.
//!
//! The checker refuses by them a `within:` that cannot be kept, the executor knows
//! by them how long to wait, the oracle judges by them, and `sctp-lab bound` prints
//! them.

mod citation;
mod expiry;
mod forecast;
mod interval;
mod milliseconds;
mod rule;
mod span;
mod stack;
mod timing;

use std::fmt;
use std::time::Duration;

pub use citation::Citation;
pub use expiry::back_off;
pub use forecast::{
    Driver, Forecast, Gap, SetUp, TimerKind, association, failover, heartbeat, init, shutdown,
};
pub use interval::Interval;
pub use rule::{Origin, Rule};
pub use span::Span;
pub use stack::{
    AssociationErrors, GivingUp, HeartbeatPause, InitBackOff, InitCap, Lateness, PotentiallyFailed,
    Probing, Stack, Unanswered,
};
pub use timing::Timing;

/// A span of time within which something must happen, and how it is made up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bound {
    /// Not sooner than this.
    pub least: Duration,
    /// Not later than this.
    pub most: Duration,
    /// The sum, in seconds.
    pub sum: String,
}

impl fmt::Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (least, most) = (self.least.as_secs_f64(), self.most.as_secs_f64());
        write!(f, "{least:.1}–{most:.1} s = {}", self.sum)
    }
}
