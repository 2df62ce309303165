//! Near misses of an assertion, which a failure shows beside the number of matches.

use std::collections::BTreeMap;
use std::fmt;

use scenario::Count;

use super::finding::Finding;
use super::number::Number;

/// Near misses of an assertion: recorded things that differ from the wanted ones in a few
/// details.
#[derive(Default)]
pub(crate) struct Nearest {
    /// The near misses by their difference: how many share it, and the index of the
    /// first.
    candidates: BTreeMap<String, (u64, usize)>,
}

/// The greatest number of differences that are shown.
const MOST: usize = 3;

impl Nearest {
    /// Adds a near miss with its difference. `place` is its index in the recording.
    pub(crate) fn add(&mut self, differs: String, place: usize) {
        self.candidates.entry(differs).or_insert((0, place)).0 += 1;
    }

    /// The finding on a number of things that were seen. Where the number is wrong, the
    /// near misses are added.
    pub(crate) fn finding(&self, seen: u64, unit: &'static str, count: Count) -> Finding {
        let allowed = count.allows(seen);
        let words = match allowed {
            true => format!("{seen} seen"),
            false => format!("{seen} seen{self}"),
        };
        let too_many = count.most.is_some_and(|most| seen > most);
        let enough = count.most.is_none() && allowed;
        Finding::new(allowed, words)
            .settled(too_many || enough)
            .near(self.instead(seen, count))
            .with(Number::of_count(seen, count, unit))
    }

    /// The difference that all near misses share, if there are as many near misses as
    /// things missing. Otherwise the near misses do not explain what is missing.
    fn instead(&self, seen: u64, wanted: Count) -> Option<(&str, u64)> {
        match (self.candidates.iter().next(), self.candidates.len()) {
            (Some((differs, (count, _))), 1)
                if seen == 0 && wanted == Count::exactly(*count) && !differs.contains(", ") =>
            {
                Some((differs, *count))
            }
            _ => None,
        }
    }

    /// The index of the first near miss of each difference.
    pub(crate) fn places(&self) -> Vec<usize> {
        let places = self.candidates.values().map(|(_, place)| *place);
        let mut places: Vec<usize> = places.take(MOST).collect();
        places.sort_unstable();
        places
    }
}

impl fmt::Display for Nearest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, (differs, (count, _))) in self.candidates.iter().take(MOST).enumerate() {
            let lead = if index == 0 { "; others:" } else { "," };
            write!(f, "{lead} {count} with {differs}")?;
        }
        match self.candidates.len().checked_sub(MOST) {
            Some(more @ 1..) => write!(f, " and {more} more sorts"),
            _ => Ok(()),
        }
    }
}
