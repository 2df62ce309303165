//! Searches a list of kernels for the place where good turns into bad.

/// The result of testing a kernel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Is {
    Good,
    Bad,
    /// The kernel cannot be tested; it may not boot.
    Untestable,
}

/// The place where good turns into bad.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// Index of the last good kernel.
    pub(super) good: usize,
    /// Index of the first bad kernel.
    pub(super) bad: usize,
}

/// Bisects `count` kernels, of which the first is good and the last is bad. Kernels that
/// cannot be tested are passed over, so the two kernels that are found need not be
/// neighbours. No kernel is tested twice.
pub(super) fn search<E>(
    count: usize,
    mut is: impl FnMut(usize) -> Result<Is, E>,
) -> Result<Found, E> {
    let mut found = Found {
        good: 0,
        bad: count.saturating_sub(1),
    };
    let mut untestable = vec![false; count];
    loop {
        let Found { good, bad } = found;
        let middle = good.midpoint(bad);
        let between = (good + 1..bad).filter(|index| !untestable[*index]);
        // Of two at the same distance, the earlier one.
        let Some(next) = between.min_by_key(|index| (index.abs_diff(middle), *index)) else {
            return Ok(found);
        };
        match is(next)? {
            Is::Good => found.good = next,
            Is::Bad => found.bad = next,
            Is::Untestable => untestable[next] = true,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use super::*;

    /// Searches among kernels that are given by a letter each. Also returns the kernels
    /// that were tested.
    fn searched(kernels: &str) -> (Found, Vec<usize>) {
        let letters: Vec<char> = kernels.chars().collect();
        let mut asked = Vec::new();
        let found = search::<Infallible>(letters.len(), |index| {
            asked.push(index);
            Ok(match letters[index] {
                'g' => Is::Good,
                'b' => Is::Bad,
                _ => Is::Untestable,
            })
        });
        let Ok(found) = found;
        (found, asked)
    }

    #[test]
    fn each_place_is_found_in_as_few_steps_as_halving_takes() {
        for count in 2..40_usize {
            for first in 1..count {
                let kernels = "g".repeat(first) + &"b".repeat(count - first);
                let (found, asked) = searched(&kernels);
                let wanted = Found {
                    good: first - 1,
                    bad: first,
                };
                assert_eq!(found, wanted, "{kernels}");
                let steps = (count - 1).next_power_of_two().ilog2();
                assert!(asked.len() <= steps as usize, "{kernels}: {asked:?}");
            }
        }
    }

    #[test]
    fn what_cannot_be_tested_is_passed_over_and_asked_for_once() {
        assert_eq!(searched("g?b").0, Found { good: 0, bad: 2 });
        assert_eq!(searched("gg??bb").0, Found { good: 1, bad: 4 });
        assert_eq!(searched("g????gb").0, Found { good: 5, bad: 6 });
        assert_eq!(searched("gb????b").0, Found { good: 0, bad: 1 });
        let (_, mut asked) = searched("g?????b");
        asked.sort_unstable();
        assert_eq!(asked, [1, 2, 3, 4, 5]);
    }

    #[test]
    fn an_error_ends_the_search() {
        let mut asked = 0;
        let found = search(9, |_| {
            asked += 1;
            Err::<Is, _>("no disk")
        });
        assert_eq!((found, asked), (Err("no disk"), 1));
    }
}
