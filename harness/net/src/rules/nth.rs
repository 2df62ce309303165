//! Selects the matching frames on which a rule acts.

use std::num::NonZeroU64;

/// The matching frames on which a rule acts, counted from 1 since the rule was added.
/// Other matching frames are left to later rules.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Nth {
    /// All frames.
    #[default]
    Every,
    /// The first frame.
    First,
    /// Only the frame with this number.
    Nth(NonZeroU64),
    /// The frames whose number is a multiple of this: with 3, the third, sixth, ninth.
    EveryNth(NonZeroU64),
    /// The frame with this number and all later ones.
    From(NonZeroU64),
    /// All frames up to this number.
    Until(NonZeroU64),
    /// The frames from the first number to the second, both included.
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
