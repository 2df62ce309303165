//! Judges an expectation: whether its event was seen within its time limit or bound.

use std::time::Duration;

use bounds::{Interval, Stack};
use recording::{Outcome, Time};
use scenario::{Expect, Expected, Scenario, Step, Within};

use super::bound::{Case, Judged};
use super::cause;
use super::nearest::Nearest;
use super::number::Number;
use super::observed;
use super::timeline::Timeline;
use super::verdict::Judgement;

pub(crate) fn judge(
    scenario: &Scenario,
    timeline: &Timeline<'_>,
    step: &Step,
    expect: &Expect,
) -> Judgement {
    let since = expect
        .since
        .as_ref()
        .and_then(|step| timeline.start_of(step))
        .unwrap_or(Time::ZERO);
    let end = timeline.end_of(&step.name);
    let seen = match end {
        Some((_, Outcome::Seen { observation })) => {
            let observations = &timeline.recording.observations;
            observations
                .get(*observation)
                .map(|it| (*observation, it.at))
        }
        _ => None,
    };
    let ended = end.map_or(timeline.recording.info.duration, |(end, _)| end);
    let judged = match expect.within {
        Within::Fixed(most) => of_time(since, most, seen.map(|(_, at)| at)),
        Within::Bound(kind) => Case {
            scenario,
            timeline,
            stack: Stack::of_system(&timeline.recording.info.kernel),
            expect,
            since,
            seen,
            ended,
        }
        .judge(kind),
    };
    let wanted = format!("{expect}");
    let bound = judged.between.map_or(String::new(), |between| {
        format!("bound {} = ", range(between))
    });
    let Some((_, seen_at)) = seen else {
        let others = others(timeline, expect, since);
        let waited = shown(ended - since);
        let seen = format!("not seen in {waited} s{others}; {bound}{}", judged.words);
        let mut judgement = Judgement::of(false, wanted, seen);
        let cause = || cause::of_expectation(scenario, timeline, expect, since);
        judgement.cause = judged.cause.or_else(cause);
        judgement.rules = judged.rules;
        judgement.packets = around(timeline, since);
        return judgement;
    };
    let elapsed = seen_at - judged.from;
    let is_within = judged
        .between
        .is_none_or(|between| between.allows(elapsed.into()));
    let clock = judged
        .clock
        .map_or(String::new(), |it| format!(" from {it}"));
    let seen = format!("after {} s{clock}; {bound}{}", shown(elapsed), judged.words);
    let passed = judged.passed && is_within;
    let mut judgement =
        Judgement::of(passed, wanted, seen).with([Number::time("elapsed", elapsed)]);
    judgement.rules = judged.rules;
    if let Some(between) = judged.between {
        let least = Number::time("bound-least", between.least.into());
        let most = Number::time("bound-most", between.most.into());
        let most = (!between.has_no_end()).then_some(most);
        judgement = judgement.with([least].into_iter().chain(most));
    }
    if !passed {
        judgement.packets = around(timeline, seen_at);
    }
    judgement
}

/// Judges an expectation whose `within` is a time.
fn of_time(since: Time, most: Duration, seen: Option<Time>) -> Judged {
    Judged::new(
        seen.is_some_and(|at| at - since <= most),
        since,
        format!("at most {} s", most.as_secs_f64()),
    )
}

/// Notifications of the wanted kind that were seen, but differ in a field.
fn others(timeline: &Timeline<'_>, expect: &Expect, since: Time) -> Nearest {
    let Expected::Notification(pattern) = &expect.what else {
        return Nearest::default();
    };
    let (at, name) = (expect.at.as_str(), pattern.kind.constant());
    observed::nearest(timeline, since, &pattern.wanted(), |event| {
        event.is_notification(at, name, [])
    })
}

/// Seconds, with milliseconds where there are few seconds. Truncated, not rounded, like
/// every time that is shown.
fn shown(duration: Duration) -> String {
    let milliseconds = duration.as_millis();
    let (seconds, rest) = (milliseconds / 1000, milliseconds % 1000);
    if seconds < 10 {
        format!("{seconds}.{rest:03}")
    } else {
        format!("{seconds}.{}", rest / 100)
    }
}

/// A range in words. A range without an end belongs to a timer whose start no packet
/// shows.
fn range(between: Interval) -> String {
    let least = shown(between.least.into());
    match between {
        Interval::ANY => "any time".to_owned(),
        _ if between.has_no_end() => format!("{least} s or more"),
        _ => format!("{least}–{} s", shown(between.most.into())),
    }
}

/// The few packets before and after a moment.
fn around(timeline: &Timeline<'_>, at: Time) -> Vec<usize> {
    const ON_EACH_SIDE: usize = 3;
    let next = timeline
        .packets
        .partition_point(|packet| packet.captured.at < at);
    let from = next.saturating_sub(ON_EACH_SIDE);
    let to = (next + ON_EACH_SIDE).min(timeline.packets.len());
    timeline.packets[from..to]
        .iter()
        .map(|packet| packet.index)
        .collect()
}

#[cfg(test)]
mod tests {
    use bounds::Span;

    use super::*;

    #[test]
    fn a_range_without_an_end_has_no_number_for_it() {
        let least = Span::from_millis(3_500);
        let up_to = |most| Interval { least, most };
        assert_eq!(range(up_to(Span::from_secs(63))), "3.500–63.0 s");
        assert_eq!(range(up_to(Span::FOREVER)), "3.500 s or more");
        assert_eq!(range(Interval::ANY), "any time");
    }
}
