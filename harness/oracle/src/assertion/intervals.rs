//! Judges the assertion `intervals`: measures the times between successive chunks.

use std::time::Duration;

use recording::Time;
use scenario::Intervals;

use super::Judge;
use crate::case::Case;
use crate::finding::Finding;
use crate::number::{Number, seconds};
use crate::place::is_there;

impl Judge for Intervals {
    fn judge(&self, case: Case<'_>) -> Option<Finding> {
        let sent = sent(self, case)?;
        let gaps: Vec<(Duration, usize)> = sent
            .windows(2)
            .filter_map(|pair| match pair {
                [(one, _), (next, index)] => Some((*next - *one, *index)),
                _ => None,
            })
            .collect();
        let shortest = gaps.iter().map(|(gap, _)| *gap).min();
        let longest = gaps.iter().map(|(gap, _)| *gap).max();
        let seen = Number::count("seen", sent.len() as u64, "chunks");
        let (Some(shortest), Some(longest)) = (shortest, longest) else {
            let words = format!("{} seen: there is no time between them", sent.len());
            return Some(Finding::new(false, words).with([seen]));
        };
        let holds = shortest >= self.least && longest <= self.most;
        let words = format!(
            "{} seen, {} to {} s between them",
            sent.len(),
            seconds(shortest),
            seconds(longest)
        );
        let numbers = [
            seen,
            Number::time("shortest", shortest),
            Number::time("longest", longest),
            Number::time("wanted-least", self.least),
            Number::time("wanted-most", self.most),
        ];
        let outside = gaps
            .iter()
            .filter(|(gap, _)| *gap < self.least || *gap > self.most);
        let outside = outside.map(|(_, index)| *index).take(3).collect();
        Some(
            Finding::new(holds, words)
                .settled(!holds)
                .with(numbers)
                .at(outside),
        )
    }

    fn is_about_the_wire(&self) -> bool {
        true
    }
}

/// The times at which the chunks were sent, and their packets. `None` if the run never
/// reached the assertion's window.
fn sent(wanted: &Intervals, case: Case<'_>) -> Option<Vec<(Time, usize)>> {
    let (from, to) = case.timeline.span(&wanted.window)?;
    let packets = case.timeline.packets.iter();
    let inside = packets.filter(|it| it.captured.at >= from && it.captured.at <= to);
    let sent = inside.filter(|packet| {
        let mut chunks = packet.sctp.chunks.iter().enumerate();
        chunks.any(|(position, chunk)| {
            is_there(case.timeline, packet, position, &wanted.chunk)
                && wanted.chunk.pattern.matches(chunk)
        })
    });
    Some(sent.map(|it| (it.captured.at, it.index)).collect())
}
