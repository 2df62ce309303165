//! The TSNs of a flow that were seen.

use std::collections::BTreeMap;

use wire::Tsn;

/// Number of gaps of unseen TSNs that are remembered, of one flow and of all flows
/// together. Of more gaps, those at the lowest TSNs count as seen. The more flows there
/// are, the fewer gaps of each are remembered, but at least 4.
const STRETCHES: usize = 1024;
const OF_ALL: usize = 1 << 14;
const LEAST: usize = 4;

/// The TSNs of one flow that were seen, as positions that do not wrap around. All TSNs
/// from the first to the last count as seen, except those in a gap: a capture may show
/// packets out of order, and may start after the association.
#[derive(Debug, Default)]
pub(crate) struct Sent {
    /// The TSN after the last one.
    next: Option<Tsn>,
    /// Position of `next`.
    end: i64,
    /// Position of the first TSN.
    first: i64,
    /// The gaps: the first and the last position of each.
    unseen: BTreeMap<i64, i64>,
}

impl Sent {
    /// Records a TSN. Returns its position, and whether it is seen for the first time.
    /// `flows` is the number of flows that are remembered beside this one.
    #[inline]
    pub(crate) fn see(&mut self, tsn: Tsn, flows: usize) -> (i64, bool) {
        let next = *self.next.get_or_insert(tsn);
        let place = self.end + i64::from(tsn.offset_from(next));
        if place >= self.end {
            self.not_seen(self.end, place - 1, flows);
            (self.next, self.end) = (Some(tsn.next()), place + 1);
            return (place, true);
        }
        if place < self.first {
            self.not_seen(place + 1, self.first - 1, flows);
            self.first = place;
            return (place, true);
        }
        (place, self.fill(place, flows))
    }

    /// The position of a TSN, if any TSN was seen.
    pub(crate) fn place(&self, tsn: Tsn) -> Option<i64> {
        Some(self.end + i64::from(tsn.offset_from(self.next?)))
    }

    fn not_seen(&mut self, from: i64, last: i64, flows: usize) {
        if from > last {
            return;
        }
        self.unseen.insert(from, last);
        let room = (OF_ALL / flows.max(1)).clamp(LEAST, STRETCHES);
        while self.unseen.len() > room {
            self.unseen.pop_first();
        }
    }

    /// Marks a position as seen. Returns whether it was unseen.
    fn fill(&mut self, place: i64, flows: usize) -> bool {
        let Some((&from, &last)) = self.unseen.range(..=place).next_back() else {
            return false;
        };
        if last < place {
            return false;
        }
        self.unseen.remove(&from);
        self.not_seen(from, place - 1, flows);
        self.not_seen(place + 1, last, flows);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first_times<const N: usize>(tsns: [u32; N]) -> [bool; N] {
        let mut sent = Sent::default();
        tsns.map(|tsn| sent.see(Tsn(tsn), 1).1)
    }

    #[test]
    fn what_is_seen_after_a_later_one_is_seen_for_the_first_time() {
        let descending = [1, 0, u32::MAX, u32::MAX - 1];
        assert_eq!(first_times(descending), [true; 4]);
        assert_eq!(first_times([5, 9, 7, 6, 8, 4]), [true; 6]);
    }

    #[test]
    fn what_was_seen_before_is_known_wherever_it_lies() {
        let twice = first_times([5, 9, 9, 7, 7, 5, 6, 6, 3, 3, 4, 4, 8, 8, 10]);
        let mut expected = [false; 15];
        for first in [0, 1, 3, 6, 8, 10, 12, 14] {
            expected[first] = true;
        }
        assert_eq!(twice, expected);
    }

    #[test]
    fn gaps_without_end_take_no_more_room() {
        let mut sent = Sent::default();
        for number in 0..3 * STRETCHES as u32 {
            sent.see(Tsn(2 * number), 1);
        }
        assert!(sent.unseen.len() <= STRETCHES);
        assert!(sent.see(Tsn(6 * STRETCHES as u32 - 5), 1).1);
    }
}
