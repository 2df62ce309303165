//! What became of messages: how long they took, and how long none came.

use std::collections::BTreeMap;
use std::time::Duration;

use recording::{Event, MessageId, Time};
use scenario::{EndpointName, Gap, Latency, Throughput};

use super::WHOLE;
use crate::number::Number;
use crate::timeline::Timeline;

/// The longest time from one message that arrived to the next.
pub(super) fn gap(timeline: &Timeline<'_>, wanted: &Gap) -> Option<Vec<Number>> {
    let span = timeline.span(&wanted.window)?;
    let times: Vec<Time> = received(timeline, &wanted.from, &wanted.to)
        .filter(|arrival| is_in(span, arrival.at))
        .map(|arrival| arrival.at)
        .collect();
    let longest = times.windows(2).map(|pair| pair[1] - pair[0]).max()?;
    Some(vec![Number::time(WHOLE, longest)])
}

/// How long messages took that were sent in the window.
pub(super) fn latency(timeline: &Timeline<'_>, wanted: &Latency) -> Option<Vec<Number>> {
    let span = timeline.span(&wanted.window)?;
    let (from, to) = (&wanted.from, &wanted.to);
    let mut arrived: BTreeMap<(&str, u64), Time> = BTreeMap::new();
    for arrival in received(timeline, from, to) {
        let message = (arrival.step, arrival.number);
        arrived.entry(message).or_insert(arrival.at);
    }
    let mut took: Vec<Duration> = Vec::new();
    let mut late = 0;
    for (at, message) in sent(timeline, from, to) {
        if !is_in(span, at) {
            continue;
        }
        let duration = arrived.get(&message).map(|arrival| *arrival - at);
        took.extend(duration);
        let limit = wanted.late.unwrap_or(Duration::MAX);
        if duration.is_none_or(|duration| duration > limit) {
            late += 1;
        }
    }
    took.sort();
    let longest = *took.last()?;
    let part = |name, percent| Number::time(name, at_percent(&took, percent));
    Some(vec![
        part("median", 50),
        part("p95", 95),
        part("p99", 99),
        Number::time("longest", longest),
        Number::count("late", late, "messages"),
    ])
}

/// The least value that so many percent of all do not exceed (nearest rank).
fn at_percent(sorted: &[Duration], percent: usize) -> Duration {
    let rank = (sorted.len() * percent).div_ceil(100).max(1);
    sorted.get(rank - 1).copied().unwrap_or_default()
}

/// User data received, in bits a second.
pub(super) fn throughput(timeline: &Timeline<'_>, wanted: &Throughput) -> Option<Vec<Number>> {
    let span = timeline.span(&wanted.window)?;
    let mut arrivals =
        received(timeline, &wanted.from, &wanted.to).filter(|arrival| is_in(span, arrival.at));
    let first = arrivals.next()?.at;
    let (mut bytes, mut last) = (0_u64, first);
    for arrival in arrivals {
        bytes = bytes.saturating_add(arrival.size as u64);
        last = arrival.at;
    }
    let nanoseconds = (last - first).as_nanos();
    // What came before the first message's arrival took its time before, too.
    let bits = u128::from(bytes) * 8 * 1_000_000_000;
    let rate = bits.checked_div(nanoseconds)?;
    let rate = u64::try_from(rate).unwrap_or(u64::MAX);
    Some(vec![Number::count(WHOLE, rate, "bit/s")])
}

/// A message that was received.
struct Arrival<'a> {
    at: Time,
    step: &'a str,
    number: u64,
    size: usize,
}

fn received<'a>(
    timeline: &Timeline<'a>,
    from: &EndpointName,
    to: &EndpointName,
) -> impl Iterator<Item = Arrival<'a>> {
    timeline
        .observations()
        .filter_map(|(_, it)| match &it.event {
            Event::Received {
                endpoint,
                message:
                    Some(MessageId {
                        sender,
                        step,
                        number,
                    }),
                size,
                ..
            } if endpoint == to.as_str() && sender == from.as_str() => Some(Arrival {
                at: it.at,
                step,
                number: *number,
                size: *size,
            }),
            _ => None,
        })
}

/// When each message was sent that the socket took, and which it is.
fn sent<'a>(
    timeline: &Timeline<'a>,
    from: &EndpointName,
    to: &EndpointName,
) -> impl Iterator<Item = (Time, (&'a str, u64))> {
    timeline
        .observations()
        .filter_map(|(_, it)| match &it.event {
            Event::Sent {
                endpoint,
                to: receiver,
                step,
                number,
                error: None,
                ..
            } if endpoint == from.as_str() && receiver == to.as_str() => {
                Some((it.at, (step.as_str(), *number)))
            }
            _ => None,
        })
}

fn is_in((from, to): (Time, Time), at: Time) -> bool {
    from <= at && at <= to
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentile_is_the_least_that_so_many_do_not_exceed() {
        let all: Vec<Duration> = (1..=200).map(Duration::from_millis).collect();
        assert_eq!(at_percent(&all, 50), Duration::from_millis(100));
        assert_eq!(at_percent(&all, 95), Duration::from_millis(190));
        assert_eq!(at_percent(&all[..1], 99), Duration::from_millis(1));
        assert_eq!(at_percent(&all[..3], 50), Duration::from_millis(2));
    }
}
