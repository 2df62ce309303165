//! The named numbers of a judgement, and percentiles.

use std::borrow::Cow;
use std::time::Duration;

use scenario::Count;
use serde::{Serialize, Serializer};

/// A named number of a judgement, with its unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Number {
    /// Name of the number: `seen`, `elapsed`, `bound-most`.
    pub name: Cow<'static, str>,
    /// Value of the number.
    pub value: Amount,
    /// Unit: `s` for seconds, else the things that were counted (`chunks`).
    pub unit: &'static str,
}

/// Value of a number: a count or a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Amount {
    /// Something counted.
    Count(u64),
    /// A time, shown in seconds.
    Time(Duration),
}

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Amount::Count(count) => serializer.serialize_u64(*count),
            Amount::Time(time) => serializer.serialize_f64(time.as_secs_f64()),
        }
    }
}

impl Number {
    /// A number of things, in this `unit`.
    pub(crate) fn count(
        name: impl Into<Cow<'static, str>>,
        value: u64,
        unit: &'static str,
    ) -> Self {
        Self {
            name: name.into(),
            value: Amount::Count(value),
            unit,
        }
    }

    /// A time.
    pub(crate) fn time(name: impl Into<Cow<'static, str>>, value: Duration) -> Self {
        Self {
            name: name.into(),
            value: Amount::Time(value),
            unit: "s",
        }
    }

    /// The number of things that were seen, and the number that the scenario wants.
    pub(crate) fn of_count(seen: u64, wanted: Count, unit: &'static str) -> Vec<Self> {
        let mut numbers = vec![
            Self::count("seen", seen, unit),
            Self::count("wanted-least", wanted.least, unit),
        ];
        let most = wanted.most;
        numbers.extend(most.map(|most| Self::count("wanted-most", most, unit)));
        numbers
    }
}

/// The percentile by nearest rank: the least number of `sorted` that is not exceeded by
/// `percent` percent of them. `None` if `sorted` is empty.
#[must_use]
pub fn nearest_rank<T: Copy>(sorted: &[T], percent: usize) -> Option<T> {
    let rank = (sorted.len() * percent).div_ceil(100).max(1);
    sorted.get(rank - 1).copied()
}

/// Seconds, truncated to milliseconds like every time that is shown.
pub(crate) fn seconds(time: Duration) -> String {
    let milliseconds = time.as_millis();
    format!("{}.{:03}", milliseconds / 1000, milliseconds % 1000)
}

#[cfg(test)]
mod tests {
    use super::nearest_rank;

    #[test]
    fn a_percentile_is_the_least_that_so_many_do_not_exceed() {
        let all: Vec<u32> = (1..=200).collect();
        assert_eq!(nearest_rank(&all, 50), Some(100));
        assert_eq!(nearest_rank(&all, 95), Some(190));
        assert_eq!(nearest_rank(&all[..1], 99), Some(1));
        assert_eq!(nearest_rank(&all[..3], 50), Some(2));
        assert_eq!(nearest_rank(&all[..0], 50), None);
    }
}
