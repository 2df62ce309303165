use recording::Event;
use scenario::{Check, Counters};

use super::number::Number;
use super::timeline::Timeline;
use super::verdict::Judgement;

pub(crate) fn judge(timeline: &Timeline<'_>, wanted: &Counters) -> Judgement {
    let words = Check::Counters(wanted.clone()).to_string();
    let Some((matched, taken)) = counted(timeline, wanted.rule.as_str()) else {
        return Judgement::of(false, words, "there was no such rule".to_owned());
    };
    let as_wanted = wanted.matched.is_none_or(|count| count.allows(matched))
        && wanted.taken.is_none_or(|count| count.allows(taken));
    Judgement::of(
        as_wanted,
        words,
        format!("{matched} matched, {taken} taken"),
    )
    .with([
        Number::count("matched", matched, "frames"),
        Number::count("taken", taken, "frames"),
    ])
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
