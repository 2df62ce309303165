//! Lengths of time in nanoseconds, whose arithmetic saturates.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, Div, Mul, Sub};
use std::time::Duration;

/// A length of time, in nanoseconds. Its arithmetic saturates at [`Span::FOREVER`] and at
/// zero, so that no number from a socket, a recording or a command line can cause a
/// panic.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span(u64);

impl Span {
    /// No time at all.
    pub const ZERO: Span = Span(0);
    /// A time without end.
    pub const FOREVER: Span = Span(u64::MAX);

    /// This number of nanoseconds.
    #[must_use]
    pub const fn from_nanos(nanoseconds: u64) -> Self {
        Self(nanoseconds)
    }

    /// This number of milliseconds.
    #[must_use]
    pub const fn from_millis(milliseconds: u64) -> Self {
        Self(milliseconds.saturating_mul(1_000_000))
    }

    /// This number of seconds.
    #[must_use]
    pub const fn from_secs(seconds: u64) -> Self {
        Self(seconds.saturating_mul(1_000_000_000))
    }

    /// In nanoseconds.
    #[must_use]
    pub const fn as_nanos(self) -> u64 {
        self.0
    }

    /// In seconds.
    #[must_use]
    pub fn as_secs_f64(self) -> f64 {
        Duration::from(self).as_secs_f64()
    }
}

impl From<Duration> for Span {
    fn from(duration: Duration) -> Self {
        Self(u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX))
    }
}

impl From<Span> for Duration {
    fn from(span: Span) -> Self {
        Duration::from_nanos(span.0)
    }
}

impl Add for Span {
    type Output = Span;

    fn add(self, other: Span) -> Span {
        Span(self.0.saturating_add(other.0))
    }
}

impl Sub for Span {
    type Output = Span;

    fn sub(self, other: Span) -> Span {
        Span(self.0.saturating_sub(other.0))
    }
}

impl Mul<u64> for Span {
    type Output = Span;

    fn mul(self, times: u64) -> Span {
        Span(self.0.saturating_mul(times))
    }
}

impl Div<u64> for Span {
    type Output = Span;

    /// Division by zero gives [`Span::FOREVER`].
    fn div(self, by: u64) -> Span {
        self.0.checked_div(by).map_or(Span::FOREVER, Span)
    }
}

impl Sum for Span {
    fn sum<I: Iterator<Item = Span>>(spans: I) -> Span {
        spans.fold(Span::ZERO, Add::add)
    }
}

impl fmt::Display for Span {
    /// Seconds with at most three decimals, without trailing zeroes.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if *self == Span::FOREVER {
            return f.write_str("for ever");
        }
        let milliseconds = self.0 / 1_000_000;
        let text = format!("{}.{:03}", milliseconds / 1000, milliseconds % 1000);
        f.write_str(text.trim_end_matches('0').trim_end_matches('.'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_overflows() {
        let most = Span::FOREVER;
        assert_eq!(most + most, most);
        assert_eq!(most * 3, most);
        assert_eq!(
            Span::from_secs(u64::MAX) + Span::from_millis(u64::MAX),
            most
        );
        assert_eq!(Span::ZERO - most, Span::ZERO);
        assert_eq!(most / 0, most);
        assert_eq!([most, most].into_iter().sum::<Span>(), most);
        assert_eq!(Span::from(Duration::MAX), most);
    }

    #[test]
    fn seconds_have_no_useless_decimals() {
        assert_eq!(Span::from_secs(32).to_string(), "32");
        assert_eq!(Span::from_millis(1_145).to_string(), "1.145");
        assert_eq!(Span::from_millis(100).to_string(), "0.1");
        assert_eq!(Span::ZERO.to_string(), "0");
        assert_eq!(Span::from_secs(100).to_string(), "100");
    }
}
