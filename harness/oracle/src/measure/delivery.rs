//! Measures of messages: latency, throughput, and the longest time without a message.

use std::time::Duration;

use recording::Time;
use scenario::{EndpointName, Gap, Latency, Throughput};

use super::WHOLE;
use crate::message::{self, End, Message};
use crate::number::{Number, nearest_rank};
use crate::timeline::Timeline;

/// The longest time between two messages that arrived one after the other, of which the
/// later one is in the window. So an interruption by a cut counts from the last message
/// before the cut.
pub(super) fn gap(timeline: &Timeline<'_>, wanted: &Gap) -> Option<Vec<Number>> {
    let span = timeline.span(&wanted.window)?;
    let arrivals = received(timeline, &wanted.from, &wanted.to);
    let times: Vec<Time> = arrivals.map(|arrival| arrival.at).collect();
    let ended = times.windows(2).filter(|pair| is_in(span, pair[1]));
    let longest = ended.map(|pair| pair[1] - pair[0]).max()?;
    Some(vec![Number::time(WHOLE, longest)])
}

/// The latency of the messages that were sent in the window.
pub(super) fn latency(timeline: &Timeline<'_>, wanted: &Latency) -> Option<Vec<Number>> {
    let span = timeline.span(&wanted.window)?;
    let mut took: Vec<Duration> = Vec::new();
    let mut late = 0;
    for delivery in message::deliveries(timeline, wanted.from.as_str(), wanted.to.as_str(), span) {
        took.extend(delivery.took);
        let limit = wanted.late.unwrap_or(Duration::MAX);
        if delivery.took.is_none_or(|took| took > limit) {
            late += 1;
        }
    }
    took.sort();
    let longest = *took.last()?;
    let part = |name, percent| Number::time(name, nearest_rank(&took, percent).unwrap_or_default());
    Some(vec![
        part("median", 50),
        part("p95", 95),
        part("p99", 99),
        Number::time("longest", longest),
        Number::count("late", late, "messages"),
    ])
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
    // The first message took its time before it arrived, so its bytes do not count.
    let bits = u128::from(bytes) * 8 * 1_000_000_000;
    let rate = bits.checked_div(nanoseconds)?;
    let rate = u64::try_from(rate).unwrap_or(u64::MAX);
    Some(vec![Number::count(WHOLE, rate, "bit/s")])
}

fn received<'a>(
    timeline: &Timeline<'a>,
    from: &EndpointName,
    to: &EndpointName,
) -> impl Iterator<Item = Message<'a>> {
    let messages = message::between(timeline, from.as_str(), to.as_str());
    messages.filter(|message| message.end != End::Sent)
}

fn is_in((from, to): (Time, Time), at: Time) -> bool {
    from <= at && at <= to
}
