//! Ranges of times, from an earliest to a latest time.

use std::fmt;
use std::iter::Sum;
use std::ops::Add;

use super::Span;

/// A range of times.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Interval {
    /// The earliest time.
    pub least: Span,
    /// The latest time.
    pub most: Span,
}

impl Interval {
    /// The range of all times.
    pub const ANY: Interval = Interval {
        least: Span::ZERO,
        most: Span::FOREVER,
    };

    /// The range of exactly this time.
    #[must_use]
    pub const fn exactly(span: Span) -> Self {
        Self {
            least: span,
            most: span,
        }
    }

    /// Whether a time lies in the range.
    #[must_use]
    pub fn allows(&self, time: Span) -> bool {
        self.least <= time && time <= self.most
    }

    /// Whether the range has no latest time.
    #[must_use]
    pub fn has_no_end(&self) -> bool {
        self.most == Span::FOREVER
    }

    /// The smallest range that contains both.
    #[must_use]
    pub fn hull(self, other: Interval) -> Interval {
        Interval {
            least: self.least.min(other.least),
            most: self.most.max(other.most),
        }
    }
}

impl Add for Interval {
    type Output = Interval;

    fn add(self, other: Interval) -> Interval {
        Interval {
            least: self.least + other.least,
            most: self.most + other.most,
        }
    }
}

impl Sum for Interval {
    fn sum<I: Iterator<Item = Interval>>(intervals: I) -> Interval {
        intervals.fold(Interval::default(), Add::add)
    }
}

impl fmt::Display for Interval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            &Self::ANY => f.write_str("any time"),
            Self { least, most } if least == most => write!(f, "{least}"),
            Self { least, .. } if self.has_no_end() => write!(f, "{least} or more"),
            Self { least, most } => write!(f, "{least}–{most}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_no_end_is_told_in_words() {
        let second = Span::from_secs(1);
        let from_a_second = Interval {
            least: second,
            most: Span::FOREVER,
        };
        let told = |interval: Interval| interval.to_string();
        assert_eq!(told(Interval::ANY), "any time");
        assert_eq!(told(from_a_second), "1 or more");
        assert_eq!(told(Interval::exactly(Span::FOREVER)), "for ever");
        assert_eq!(told(Interval::exactly(second)), "1");
        // A sum can make a range like this.
        assert_eq!(told(Interval::ANY + Interval::exactly(second)), "1 or more");
    }
}
