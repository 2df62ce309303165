//! Failovers: moves of the data from one path to another.

use crate::evidence::{Evidence, Moment};
use crate::sent::Sent;

/// The most failovers that are remembered.
const REMEMBERED: usize = 16;

/// The number of new chunks in a row over another path after which the data has turned to
/// that path.
const IN_A_ROW: u32 = 3;

/// A turn of the data from one path to another, after retransmissions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failover {
    /// The path that new data went over before, by index in the association.
    pub from: usize,
    /// The path that new data goes over afterwards, by index.
    pub to: usize,
    /// The first chunk on the old path that was not acknowledged.
    pub unanswered: Moment,
    /// The retransmissions before the turn.
    pub retransmissions: Evidence,
    /// The first chunk that was sent again on the new path.
    pub first_on_other: Moment,
    /// The chunk from which on all new chunks went over the new path.
    pub turned: Moment,
}

/// Follows the path of new data.
#[derive(Debug, Default)]
pub struct Failovers {
    /// The failovers that were seen.
    pub seen: Vec<Failover>,
    current: Option<usize>,
    /// The number of new chunks that have gone over the current path.
    settled: u32,
    /// Another path, the first new chunk over it, and the number of new chunks in a row
    /// over it.
    other: Option<(usize, Moment, u32)>,
    /// The retransmissions since data was last acknowledged on the current path.
    trouble: Option<Trouble>,
}

#[derive(Debug)]
struct Trouble {
    unanswered: Moment,
    retransmissions: Evidence,
    on_other: Option<(usize, Moment)>,
}

impl Failovers {
    /// Takes a new chunk that goes over a path.
    pub(crate) fn begin(&mut self, at: Moment, path: usize) {
        let current = *self.current.get_or_insert(path);
        if path == current {
            self.settled += 1;
            self.other = None;
            return;
        }
        let (since, count) = match self.other {
            Some((other, since, count)) if other == path => (since, count + 1),
            _ => (at, 1),
        };
        self.other = Some((path, since, count));
        if count < IN_A_ROW {
            return;
        }
        if let Some(trouble) = self.trouble.take()
            && let Some((other, first_on_other)) = trouble.on_other
            && other == path
            && self.settled >= IN_A_ROW
            && self.seen.len() < REMEMBERED
        {
            self.seen.push(Failover {
                from: current,
                to: path,
                unanswered: trouble.unanswered,
                retransmissions: trouble.retransmissions,
                first_on_other,
                turned: since,
            });
        }
        (self.current, self.settled, self.other) = (Some(path), count, None);
    }

    /// Takes a retransmission.
    pub(crate) fn retransmit(&mut self, at: Moment, path: usize, sent: &Sent) {
        if self.current != Some(sent.path) && self.trouble.is_none() {
            return;
        }
        let trouble = self.trouble.get_or_insert_with(|| Trouble {
            unanswered: sent.first,
            retransmissions: Evidence::default(),
            on_other: None,
        });
        trouble.retransmissions.add(at);
        if Some(path) != self.current {
            trouble.on_other.get_or_insert((path, at));
        }
    }

    /// Takes the acknowledgement of a chunk.
    pub(crate) fn arrive(&mut self, sent: &Sent) {
        let is_later = |it: &Trouble| sent.first > it.unanswered;
        if Some(sent.path) == self.current && self.trouble.as_ref().is_some_and(is_later) {
            self.trouble = None;
        }
    }
}
