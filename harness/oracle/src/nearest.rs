use std::collections::BTreeMap;
use std::fmt;

use scenario::Count;

use super::number::Number;
use super::verdict::Judgement;

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
    pub(crate) fn judgement(
        &self,
        wanted: String,
        (seen, unit): (u64, &'static str),
        count: Count,
    ) -> Judgement {
        let allowed = count.allows(seen);
        let words = match allowed {
            true => format!("{seen} seen"),
            false => format!("{seen} seen{self}"),
        };
        Judgement::of(allowed, wanted, words).with(Number::of_count(seen, count, unit))
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
