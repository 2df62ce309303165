//! Judges the assertion `counters` by the counts of a rule.

use scenario::{Count, Counters};

use super::Judge;
use crate::case::Case;
use crate::finding::Finding;
use crate::number::Number;

impl Judge for Counters {
    fn judge(&self, case: Case<'_>) -> Option<Finding> {
        let (matched, taken) = case.timeline.counted(self.rule.as_str())?;
        let both = [(self.matched, matched), (self.taken, taken)];
        let allows = |(wanted, seen): &(Option<Count>, u64)| {
            wanted.is_none_or(|wanted| wanted.allows(*seen))
        };
        let is_above = |(wanted, seen): &(Option<Count>, u64)| {
            let most = wanted.and_then(|wanted| wanted.most);
            most.is_some_and(|most| *seen > most)
        };
        let numbers = [
            Number::count("matched", matched, "frames"),
            Number::count("taken", taken, "frames"),
        ];
        let seen = format!("{matched} matched, {taken} taken");
        Some(
            Finding::new(both.iter().all(allows), seen)
                .settled(both.iter().any(is_above))
                .with(numbers),
        )
    }
}
