use std::time::Duration;

use recording::{Outcome, Time};
use scenario::{Expect, Expected, Scenario, Step, Within};

use super::cause;
use super::limit::{self, Clock};
use super::nearest::Nearest;
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
    let limit = Limit::of(scenario, timeline, expect, since);
    let seen_at = match timeline.end_of(&step.name) {
        Some((_, Outcome::Seen { observation })) => timeline
            .recording
            .observations
            .get(*observation)
            .map(|it| it.at),
        _ => None,
    };
    let wanted = format!("{expect}");
    let Some(seen_at) = seen_at else {
        let waited = timeline.end_of(&step.name).map_or_else(
            || timeline.recording.info.duration - since,
            |(end, _)| end - since,
        );
        let others = others(timeline, expect, since);
        let seen = format!("not seen in {} s{others}; {}", shown(waited), limit.words());
        let mut judgement = Judgement::of(false, wanted, seen);
        judgement.cause = cause::of_expectation(scenario, timeline, expect, since);
        judgement.packets = around(timeline, since);
        return judgement;
    };
    let elapsed = seen_at - limit.from;
    let seen = format!(
        "after {} s{}; {}",
        shown(elapsed),
        limit.since_words(),
        limit.words()
    );
    let mut judgement = Judgement::of(limit.allows(elapsed), wanted, seen);
    if !limit.allows(elapsed) {
        judgement.packets = around(timeline, seen_at);
    }
    judgement
}

/// Notifications of that kind which were seen instead.
fn others(timeline: &Timeline<'_>, expect: &Expect, since: Time) -> Nearest {
    let Expected::Notification(pattern) = &expect.what else {
        return Nearest::default();
    };
    let (at, name) = (expect.at.as_str(), pattern.kind.constant());
    observed::nearest(timeline, since, &pattern.wanted(), |event| {
        event.is_notification(at, name, [])
    })
}

/// Between which times something must be seen, and from when they count.
struct Limit {
    from: Time,
    clock: Option<String>,
    least: Duration,
    most: Duration,
    words: String,
}

impl Limit {
    fn of(scenario: &Scenario, timeline: &Timeline<'_>, expect: &Expect, since: Time) -> Limit {
        match expect.within {
            Within::Fixed(most) => Limit {
                from: since,
                clock: None,
                least: Duration::ZERO,
                most,
                words: format!("at most {} s", most.as_secs_f64()),
            },
            Within::Bound(kind) => {
                match limit::compute(scenario, timeline, expect, kind, since) {
                    Ok(Clock { from, words, bound }) => Limit {
                        from,
                        clock: words,
                        least: bound.least,
                        most: bound.most,
                        words: format!("bound {bound}"),
                    },
                    // Without the numbers nothing can be allowed.
                    Err(missing) => Limit {
                        from: since,
                        clock: None,
                        least: Duration::MAX,
                        most: Duration::ZERO,
                        words: format!("the bound cannot be computed: {missing}"),
                    },
                }
            }
        }
    }

    fn allows(&self, elapsed: Duration) -> bool {
        elapsed >= self.least && elapsed <= self.most
    }

    fn words(&self) -> &str {
        &self.words
    }

    fn since_words(&self) -> String {
        self.clock
            .as_ref()
            .map(|words| format!(" from {words}"))
            .unwrap_or_default()
    }
}

/// Seconds, with milliseconds where there are few; cut off, not rounded, as
/// all times that are shown.
fn shown(duration: Duration) -> String {
    let milliseconds = duration.as_millis();
    let (seconds, rest) = (milliseconds / 1000, milliseconds % 1000);
    if seconds < 10 {
        format!("{seconds}.{rest:03}")
    } else {
        format!("{seconds}.{}", rest / 100)
    }
}

/// The few packets on either side of a moment.
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
