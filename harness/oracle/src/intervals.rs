use std::time::Duration;

use recording::{Direction, Time};
use scenario::Intervals;

use super::number::Number;
use super::place::is_there;
use super::timeline::Timeline;
use super::verdict::Judgement;

/// `None` if the run never came to the window.
pub(crate) fn judge(timeline: &Timeline<'_>, wanted: &Intervals) -> Option<Judgement> {
    let (from, to) = timeline.span(&wanted.window)?;
    let mut sent: Vec<(Time, usize)> = Vec::new();
    for packet in &timeline.packets {
        let at = packet.captured.at;
        if packet.captured.direction != Direction::Out || at < from || at > to {
            continue;
        }
        let mut chunks = packet.sctp.chunks.iter().enumerate();
        let is_one = chunks.any(|(position, chunk)| {
            is_there(timeline, packet, position, &wanted.chunk)
                && wanted.chunk.pattern.matches(chunk)
        });
        if is_one {
            sent.push((at, packet.index));
        }
    }
    let gaps: Vec<(Duration, usize)> = sent
        .windows(2)
        .filter_map(|pair| match pair {
            [(one, _), (next, index)] => Some((*next - *one, *index)),
            _ => None,
        })
        .collect();
    let shortest = gaps.iter().map(|(gap, _)| *gap).min();
    let longest = gaps.iter().map(|(gap, _)| *gap).max();
    let (Some(shortest), Some(longest)) = (shortest, longest) else {
        let seen = format!("{} seen: there is no time between them", sent.len());
        let numbers = [Number::count("seen", sent.len() as u64, "chunks")];
        return Some(Judgement::of(false, wanted.to_string(), seen).with(numbers));
    };
    let holds = shortest >= wanted.least && longest <= wanted.most;
    let seen = format!(
        "{} seen, {} to {} s between them",
        sent.len(),
        seconds(shortest),
        seconds(longest)
    );
    let mut judgement = Judgement::of(holds, wanted.to_string(), seen).with([
        Number::count("seen", sent.len() as u64, "chunks"),
        Number::time("shortest", shortest),
        Number::time("longest", longest),
        Number::time("wanted-least", wanted.least),
        Number::time("wanted-most", wanted.most),
    ]);
    if !holds {
        let outside = gaps
            .iter()
            .filter(|(gap, _)| *gap < wanted.least || *gap > wanted.most);
        judgement.packets = outside.map(|(_, index)| *index).take(3).collect();
    }
    Some(judgement)
}

/// Cut off to milliseconds, as all times that are shown.
fn seconds(time: Duration) -> String {
    let milliseconds = time.as_millis();
    format!("{}.{:03}", milliseconds / 1000, milliseconds % 1000)
}
