//! Selects the matching frames on which a rule acts.

use std::num::NonZeroU64;

/// The matching frames on which a rule acts, counted from 1 since the rule was added.
/// Other matching frames are left to later rules.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Nth {
    /// All frames.
    #[default]
    Every,
    /// Only the frame with this number.
    Only(NonZeroU64),
    /// The frames whose number is a multiple of this: with 3, the third, sixth, ninth.
    EachNth(NonZeroU64),
    /// The first frames, this many.
    First(NonZeroU64),
    /// The frame with this number and all later ones.
    From(NonZeroU64),
    /// The frames from the first number to the second, both included.
    Between(NonZeroU64, NonZeroU64),
}

impl Nth {
    /// Whether the rule acts on the matching frame with this number.
    #[must_use]
    pub fn selects(self, number: NonZeroU64) -> bool {
        match self {
            Self::Every => true,
            Self::Only(n) => number == n,
            Self::EachNth(n) => number.get() % n == 0,
            Self::First(n) => number <= n,
            Self::From(n) => number >= n,
            Self::Between(first, last) => (first..=last).contains(&number),
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
            (Nth::First(n(1)), vec![1]),
            (Nth::Only(n(3)), vec![3]),
            (Nth::EachNth(n(3)), vec![3, 6]),
            (Nth::From(n(3)), vec![3, 4, 5, 6, 7]),
            (Nth::First(n(3)), vec![1, 2, 3]),
            (Nth::Between(n(2), n(4)), vec![2, 3, 4]),
        ] {
            let found: Vec<u64> = (1..=7).filter(|count| nth.selects(n(*count))).collect();
            assert_eq!(found, selected, "{nth:?}");
        }
    }
}
