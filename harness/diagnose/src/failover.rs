//! Failovers: moves of the data from one path to another.

use crate::evidence::{Evidence, Moment};
use crate::flow::Sent;

/// So many turns are remembered, and so many retransmissions of each.
const REMEMBERED: usize = 16;

/// So many new chunks in a row go over another path before the data has turned to it.
const IN_A_ROW: u32 = 3;

/// A turn of the data from one path to another, after retransmissions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failover {
    /// The paths, by their places among those of the association.
    pub from: usize,
    /// The path that new data goes over afterwards.
    pub to: usize,
    /// The first chunk on the old path that was not answered.
    pub unanswered: Moment,
    /// The retransmissions in between.
    pub again: Evidence,
    /// The first chunk that was sent again on the new path.
    pub first_on_other: Moment,
    /// From when on all new chunks went there.
    pub turned: Moment,
}

/// Follows over which path new data goes.
#[derive(Debug, Default)]
pub struct Failovers {
    /// Those that were seen.
    pub seen: Vec<Failover>,
    current: Option<usize>,
    /// How many new chunks in a row went over the current path.
    settled: u32,
    /// Another path, the first new chunk there, and how many in a row.
    other: Option<(usize, Moment, u32)>,
    /// Retransmissions since data was last answered on the current path.
    trouble: Option<Trouble>,
}

#[derive(Debug)]
struct Trouble {
    unanswered: Moment,
    again: Evidence,
    on_other: Option<(usize, Moment)>,
}

impl Failovers {
    /// New data goes over a path.
    pub(crate) fn begin(&mut self, at: Moment, path: usize, _oldest: Option<&Sent>) {
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
                again: trouble.again,
                first_on_other,
                turned: since,
            });
        }
        (self.current, self.settled, self.other) = (Some(path), count, None);
    }

    /// A chunk is sent again.
    pub(crate) fn again(&mut self, at: Moment, path: usize, sent: &Sent) {
        if self.current != Some(sent.path) && self.trouble.is_none() {
            return;
        }
        let trouble = self.trouble.get_or_insert_with(|| Trouble {
            unanswered: sent.first,
            again: Evidence::default(),
            on_other: None,
        });
        trouble.again.add(at);
        if Some(path) != self.current {
            trouble.on_other.get_or_insert((path, at));
        }
    }

    /// A chunk has arrived.
    pub(crate) fn arrive(&mut self, sent: &Sent) {
        let is_later = |it: &Trouble| sent.first > it.unanswered;
        if Some(sent.path) == self.current && self.trouble.as_ref().is_some_and(is_later) {
            self.trouble = None;
        }
    }
}
