use recording::Event;
use scenario::{Count, Counters};

use super::{Case, Judge};
use crate::finding::Finding;
use crate::number::Number;
use crate::timeline::Timeline;

impl Judge for Counters {
    fn judge(&self, case: Case<'_>) -> Option<Finding> {
        let (matched, taken) = counted(case.timeline, self.rule.as_str())?;
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

/// How many frames a rule matched, and how many of them it took.
pub(crate) fn counted(timeline: &Timeline<'_>, name: &str) -> Option<(u64, u64)> {
    timeline.observations().find_map(|(_, it)| match &it.event {
        Event::Rule {
            rule,
            matched,
            taken,
        } if rule == name => Some((*matched, *taken)),
        _ => None,
    })
}
