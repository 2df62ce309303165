use std::collections::BTreeMap;
use std::fmt;

use scenario::Count;

use super::finding::Finding;
use super::number::Number;

/// What came near to what an assertion looks for, for who reads that it was
/// not seen.
#[derive(Default)]
pub(crate) struct Nearest {
    /// How they differ, how many of them do so, and where the first is.
    candidates: BTreeMap<String, (u64, usize)>,
}

/// More help nobody.
const MOST: usize = 3;

impl Nearest {
    /// A candidate that differs as it says. `place` is its index in the
    /// recording.
    pub(crate) fn add(&mut self, differs: String, place: usize) {
        self.candidates.entry(differs).or_insert((0, place)).0 += 1;
    }

    /// Judges how many were seen; where that is wrong, with what came near.
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

    /// What stands in the place of all that is missing: as many as are wanted, all
    /// of one sort, which differs in one thing only. Anything else is something else.
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

    /// Where the first of each sort is.
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
