//! Reasons to end a run before its scenario ends.

use std::fmt;
use std::time::Duration;

/// The host's message to a guest that it must stop and return what it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    /// The user asked for it, for instance by Ctrl-C.
    Interrupted,
    /// The run has reached its limit of wall time.
    WallLimit(Duration),
}

impl Stop {
    /// The number of the reason in the mailbox, where 0 means no stop.
    pub(crate) fn kind(self) -> u64 {
        match self {
            Self::Interrupted => 1,
            Self::WallLimit(_) => 2,
        }
    }

    /// The reason with this number. `wall_limit` is called if it is needed.
    #[cfg(any(test, target_os = "linux"))]
    pub(crate) fn of_kind(kind: u64, wall_limit: impl FnOnce() -> Duration) -> Option<Self> {
        match kind {
            1 => Some(Self::Interrupted),
            2 => Some(Self::WallLimit(wall_limit())),
            _ => None,
        }
    }
}

impl fmt::Display for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Interrupted => f.write_str("it was interrupted"),
            Self::WallLimit(limit) => {
                write!(f, "the wall limit of {} s was reached", limit.as_secs_f64())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stops_survive_the_mailbox() {
        let limit = Duration::from_millis(2500);
        for stop in [Stop::Interrupted, Stop::WallLimit(limit)] {
            assert_eq!(Stop::of_kind(stop.kind(), || limit), Some(stop));
        }
        assert_eq!(Stop::of_kind(0, || limit), None);
    }
}
