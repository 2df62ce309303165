use std::fmt;
use std::iter::Sum;
use std::ops::Add;

use super::Span;

/// Not sooner than the one, not later than the other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Interval {
    /// Not sooner than this.
    pub least: Span,
    /// Not later than this.
    pub most: Span,
}

impl Interval {
    /// Any time at all.
    pub const ANY: Interval = Interval {
        least: Span::ZERO,
        most: Span::FOREVER,
    };

    /// No sooner and no later than that.
    #[must_use]
    pub const fn exactly(span: Span) -> Self {
        Self {
            least: span,
            most: span,
        }
    }

    /// Whether a time lies in it.
    #[must_use]
    pub fn allows(&self, time: Span) -> bool {
        self.least <= time && time <= self.most
    }

    /// The shortest interval that both lie in.
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
        if self.least == self.most {
            write!(f, "{}", self.least)
        } else {
            write!(f, "{}–{}", self.least, self.most)
        }
    }
}
