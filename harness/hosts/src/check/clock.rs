//! The difference between the clock of a far end and ours.

use std::fmt;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The difference between another clock and ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClockDifference {
    /// How far the other clock is ahead, in nanoseconds; negative if it is behind.
    pub ahead_ns: i64,
    /// The greatest error of `ahead_ns`.
    pub within: Duration,
}

impl ClockDifference {
    /// Computes the difference from the output of `date +%s.%N` there, and the times of our
    /// clock at which it was asked and answered. FreeBSD's `date` knows whole seconds only.
    pub(super) fn of(asked: SystemTime, there: &str, answered: SystemTime) -> Option<Self> {
        let (seconds, fraction) = there.split_once('.').unwrap_or((there, ""));
        let seconds: i128 = seconds.parse::<u32>().ok()?.into();
        let fraction = Some(fraction)
            .filter(|it| it.len() == 9)
            .and_then(|it| it.parse::<u32>().ok());
        let (there, rounded) = match fraction {
            Some(nanoseconds) => (seconds * SECOND + i128::from(nanoseconds), 0),
            None => (seconds * SECOND + SECOND / 2, SECOND / 2),
        };
        let asked = since_1970(asked)?;
        let answered = since_1970(answered)?;
        let (middle, half) = ((asked + answered) / 2, (answered - asked).max(0) / 2);
        Some(Self {
            ahead_ns: i64::try_from(there - middle).ok()?,
            within: Duration::from_nanos(u64::try_from(half + rounded).ok()?),
        })
    }
}

const SECOND: i128 = 1_000_000_000;

fn since_1970(time: SystemTime) -> Option<i128> {
    let since = time.duration_since(UNIX_EPOCH).ok()?;
    i128::try_from(since.as_nanos()).ok()
}

/// As in `3.0 ms behind ours (± 1.0 ms)`.
impl fmt::Display for ClockDifference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let milliseconds = |duration: Duration| duration.as_secs_f64() * 1e3;
        let off = Duration::from_nanos(self.ahead_ns.unsigned_abs());
        if off <= self.within {
            return write!(f, "as ours (± {:.1} ms)", milliseconds(self.within));
        }
        let way = if self.ahead_ns > 0 {
            "ahead of"
        } else {
            "behind"
        };
        write!(
            f,
            "{:.1} ms {way} ours (± {:.1} ms)",
            milliseconds(off),
            milliseconds(self.within)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(milliseconds: u64) -> SystemTime {
        UNIX_EPOCH + Duration::from_millis(milliseconds)
    }

    #[test]
    fn the_answer_lies_between_the_question_and_its_arrival() {
        let ahead = ClockDifference::of(at(10_000), "10.110000000", at(10_020));
        assert_eq!(
            ahead.map(|it| it.to_string()).as_deref(),
            Some("100.0 ms ahead of ours (± 10.0 ms)")
        );
        let alike = ClockDifference::of(at(10_000), "10.015000000", at(10_020));
        assert_eq!(
            alike.map(|it| it.to_string()).as_deref(),
            Some("as ours (± 10.0 ms)")
        );
    }

    #[test]
    fn whole_seconds_are_less_sure() {
        let behind = ClockDifference::of(at(10_000), "7.N", at(10_000));
        assert_eq!(
            behind.map(|it| it.to_string()).as_deref(),
            Some("2500.0 ms behind ours (± 500.0 ms)")
        );
        for nothing in ["", "N", "-1.000000000"] {
            assert_eq!(ClockDifference::of(at(0), nothing, at(0)), None);
        }
    }
}
