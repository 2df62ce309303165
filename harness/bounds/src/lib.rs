//! The time that SCTP may take to detect failures: the timers of each stack as data with
//! their sources, and bounds computed from them.
//!
//! By these bounds, the checker refuses a `within:` that cannot be met, the executor
//! limits its waiting, and the oracle judges; `sctp-lab bound` prints them.

mod citation;
mod expiry;
mod forecast;
mod interval;
mod milliseconds;
mod rule;
mod span;
mod stack;
mod timing;

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
