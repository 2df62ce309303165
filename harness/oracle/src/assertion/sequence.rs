//! Judges the assertion `sequence`: looks for chunks in their order.

use scenario::Sequence;

use super::Judge;
use crate::case::Case;
use crate::finding::Finding;
use crate::number::Number;
use crate::place::is_there;

impl Judge for Sequence {
    fn judge(&self, case: Case<'_>) -> Option<Finding> {
        let (from, to) = case.timeline.span(&self.window)?;
        let mut left = self.chunks.iter();
        let mut next = left.next();
        let mut seen = Vec::new();
        let packets = case.timeline.packets.iter();
        for packet in packets.filter(|it| it.captured.at >= from && it.captured.at <= to) {
            for (position, chunk) in packet.sctp.chunks.iter().enumerate() {
                if let Some(place) = next
                    && is_there(case.timeline, packet, position, place)
                    && place.pattern.matches(chunk)
                {
                    seen.push(packet.index);
                    next = left.next();
                }
            }
        }
        let words = match next {
            None => format!("all {} seen in this order", seen.len()),
            Some(missing) => format!(
                "{} of {} seen, then no {missing}",
                seen.len(),
                self.chunks.len()
            ),
        };
        let numbers = [
            Number::count("seen", seen.len() as u64, "chunks"),
            Number::count("wanted", self.chunks.len() as u64, "chunks"),
        ];
        seen.dedup();
        Some(
            Finding::new(next.is_none(), words)
                .settled(next.is_none())
                .with(numbers)
                .at(seen),
        )
    }

    fn is_about_the_wire(&self) -> bool {
        true
    }
}
