//! Which of the frames that fit a rule it acts on.

use std::num::NonZeroU64;

/// Which of the frames that fit a rule it acts on, counted from 1 since the
/// rule was added. It leaves the others to the rules after it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Nth {
    /// All of them.
    #[default]
    Every,
    /// The first.
    First,
    /// This one alone.
    Nth(NonZeroU64),
    /// This one and all its multiples: with 3, the third, sixth, ninth.
    EveryNth(NonZeroU64),
    /// This one and all after it.
    From(NonZeroU64),
    /// All up to this one.
    Until(NonZeroU64),
    /// From the first of these to the second, both included.
    Between(NonZeroU64, NonZeroU64),
}

impl Nth {
    pub(super) fn selects(self, count: NonZeroU64) -> bool {
        match self {
            Self::Every => true,
            Self::First => count == NonZeroU64::MIN,
            Self::Nth(n) => count == n,
            Self::EveryNth(n) => count.get() % n == 0,
            Self::From(n) => count >= n,
            Self::Until(n) => count <= n,
            Self::Between(first, last) => (first..=last).contains(&count),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroU64;

    use super::Nth;

    #[test]
    fn each_kind_selects_its_own_of_the_first_seven() {
        let n = |n| NonZeroU64::new(n).unwrap();
        for (nth, selected) in [
            (Nth::Every, vec![1, 2, 3, 4, 5, 6, 7]),
            (Nth::First, vec![1]),
            (Nth::Nth(n(3)), vec![3]),
            (Nth::EveryNth(n(3)), vec![3, 6]),
            (Nth::From(n(3)), vec![3, 4, 5, 6, 7]),
            (Nth::Until(n(3)), vec![1, 2, 3]),
            (Nth::Between(n(2), n(4)), vec![2, 3, 4]),
        ] {
            let found: Vec<u64> = (1..=7).filter(|count| nth.selects(n(*count))).collect();
            assert_eq!(found, selected, "{nth:?}");
        }
    }
}
