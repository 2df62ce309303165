//! Points of which ever fewer are kept, so that they take no more room.

use serde::Serialize;

/// So many points of a kind are kept of a direction; of more, one of two, one of four
/// and so on.
const POINTS: usize = 4_000;

/// Points of which ever fewer are kept, at even distances.
#[derive(Debug, Serialize)]
pub(super) struct Thinned<T> {
    pub(super) points: Vec<T>,
    /// One of so many is kept.
    pub(super) of: u64,
    #[serde(skip)]
    seen: u64,
}

impl<T> Default for Thinned<T> {
    fn default() -> Self {
        Self {
            points: Vec::new(),
            of: 1,
            seen: 0,
        }
    }
}

impl<T> Thinned<T> {
    pub(super) fn push(&mut self, point: T) {
        let is_kept = self.seen.is_multiple_of(self.of);
        self.seen += 1;
        if !is_kept {
            return;
        }
        self.points.push(point);
        if self.points.len() > POINTS {
            let mut place = 0;
            self.points.retain(|_| {
                place += 1;
                place % 2 == 1
            });
            self.of *= 2;
        }
    }
}
