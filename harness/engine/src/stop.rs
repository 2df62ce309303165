//! Why a run is to end before its scenario does.

use std::fmt;
use std::time::Duration;

/// What the host tells a guest that is to stop and hand over what it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    /// Somebody asked for it, by Ctrl-C for instance.
    Interrupted,
    /// The run has taken all the host's time that it may.
    WallLimit(Duration),
}

impl Stop {
    /// As a word of the mailbox, where 0 is no stop.
    pub(crate) fn kind(self) -> u64 {
        match self {
            Self::Interrupted => 1,
            Self::WallLimit(_) => 2,
        }
    }

    /// `wall_limit` is asked for where it is needed.
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
