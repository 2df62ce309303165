//! A series of points that is thinned out as it grows, so that it has a fixed size.

use serde::Serialize;

/// Greatest number of points of a series. Beyond it, only every second point is kept, then
/// every fourth, and so on.
const POINTS: usize = 4_000;

/// A series of points at even distances, thinned out as it grows.
#[derive(Debug, Serialize)]
pub(super) struct Thinned<T> {
    pub(super) points: Vec<T>,
    /// One in this many points is kept.
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
