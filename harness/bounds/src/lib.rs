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
