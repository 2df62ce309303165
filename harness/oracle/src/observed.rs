//! Counts the observations that match an assertion or expectation, and collects the near
//! misses.

use std::collections::BTreeMap;

use recording::{Event, Fields, Observation, Time};
use scenario::{Count, FieldWanted, Window};

use super::finding::Finding;
use super::nearest::Nearest;
use super::timeline::Timeline;

/// The observations that an assertion or expectation looks for.
pub(crate) struct Wanted<'w> {
    /// Name of several such observations: `samples`.
    pub(crate) unit: &'static str,
    pub(crate) fields: &'w [FieldWanted],
    pub(crate) window: &'w Window,
    pub(crate) count: Count,
}

/// Counts the observations that `is_one` accepts and whose fields match. `None` if the
/// run never reached the window.
pub(crate) fn judge(
    timeline: &Timeline<'_>,
    wanted: &Wanted<'_>,
    is_one: impl Fn(&Event) -> bool,
) -> Option<Finding> {
    let (of, others) = select(timeline, wanted, is_one)?;
    let seen = of.len() as u64;
    Some(others.finding(seen, wanted.unit, wanted.count))
}

/// Counts the matching samples of things that have a state. `what` identifies the thing of
/// a sample. Where no sample falls into the window, the last sample of each thing before
/// the window still holds.
pub(crate) fn judge_states<K: Ord>(
    timeline: &Timeline<'_>,
    wanted: &Wanted<'_>,
    what: impl Fn(&Event) -> Option<K>,
) -> Option<Finding> {
    let (from, to) = timeline.span(wanted.window)?;
    let mut before: BTreeMap<K, &Observation> = BTreeMap::new();
    let mut is_sampled = false;
    for (_, it) in timeline.observations().filter(|(_, it)| it.at <= to) {
        match what(&it.event) {
            Some(_) if it.at >= from => is_sampled = true,
            Some(of) => {
                before.insert(of, it);
            }
            None => {}
        }
    }
    if is_sampled {
        return judge(timeline, wanted, |event| what(event).is_some());
    }
    let (mut seen, mut others) = (0, Nearest::default());
    for it in before.values() {
        let fields = it.event.fields();
        match fields.say(wanted.fields.iter().map(FieldWanted::pair)) {
            true => seen += 1,
            false => others.add(differing(&fields, wanted.fields), 0),
        }
    }
    Some(others.finding(seen, wanted.unit, wanted.count))
}

/// The observations that match, and the near misses.
pub(crate) fn select<'a>(
    timeline: &Timeline<'a>,
    wanted: &Wanted<'_>,
    is_one: impl Fn(&Event) -> bool,
) -> Option<(Vec<&'a Observation>, Nearest)> {
    let (from, to) = timeline.span(wanted.window)?;
    let (mut of, mut others) = (Vec::new(), Nearest::default());
    let inside = timeline
        .observations()
        .filter(|(_, it)| it.at >= from && it.at <= to && is_one(&it.event));
    for (index, it) in inside {
        let fields = it.event.fields();
        if fields.say(wanted.fields.iter().map(FieldWanted::pair)) {
            of.push(it);
        } else {
            others.add(differing(&fields, wanted.fields), index);
        }
    }
    Some((of, others))
}

/// The observations since that moment that `is_one` accepts and whose fields differ.
pub(crate) fn nearest(
    timeline: &Timeline<'_>,
    since: Time,
    wanted: &[FieldWanted],
    is_one: impl Fn(&Event) -> bool,
) -> Nearest {
    let mut others = Nearest::default();
    let since = timeline
        .observations()
        .filter(|(_, it)| it.at >= since && is_one(&it.event));
    for (index, it) in since {
        let fields = it.event.fields();
        if !fields.say(wanted.iter().map(FieldWanted::pair)) {
            others.add(differing(&fields, wanted), index);
        }
    }
    others
}

/// The fields that differ from the wanted ones, in words.
fn differing(fields: &Fields, wanted: &[FieldWanted]) -> String {
    let differing = wanted.iter().filter(|one| !fields.say([one.pair()]));
    let shown: Vec<String> = differing
        .map(|one| match fields.get(&one.name) {
            Some(value) => format!("{}={value}", one.name),
            None => format!("no {}", one.name),
        })
        .collect();
    shown.join(", ")
}
