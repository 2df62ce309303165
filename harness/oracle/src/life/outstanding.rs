//! The DATA chunks of one end that are not acknowledged, and the effect of a SACK on
//! them.

use std::net::IpAddr;

use recording::Time;
use wire::Tsn;
use wire::chunk::Sack;

/// The unacknowledged DATA chunks of one end, each with the path on which it was sent
/// last.
#[derive(Default)]
pub(super) struct Outstanding {
    chunks: Vec<Chunk>,
    /// The cumulative TSN: all chunks up to this one have been acknowledged.
    point: Option<Tsn>,
    /// The TSNs that a FORWARD TSN skips sooner or later: each range is of those after the first
    /// TSN, up to the second.
    skipped: Vec<(Tsn, Tsn)>,
}

#[derive(Clone, Copy)]
struct Chunk {
    tsn: Tsn,
    /// The length of the user data in bytes.
    size: usize,
    place: Waiting,
    /// The time at which the chunk was sent last.
    sent: Time,
    /// Whether a gap ack block has acknowledged the chunk.
    in_a_gap_block: bool,
    /// How many SACKs have reported the chunk missing since it was sent last.
    reported_missing: u8,
    /// Whether the chunk may be marked: it was sent at the moment at which T3-rtx of its path
    /// ran out. A chunk that was sent before the expiry is marked, one sent after is not.
    may_be_marked: bool,
}

/// The place of an unacknowledged chunk.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Waiting {
    /// The chunk was sent on that path, and the path's T3-rtx is running.
    On(IpAddr),
    /// The chunk is marked for retransmission.
    Marked,
}

/// The effect of a SACK on one path.
#[derive(Clone, Copy, Default)]
pub(super) struct Acknowledged {
    /// A TSN that the SACK acknowledged for the first time.
    pub(super) new: Option<Tsn>,
    /// Whether the SACK moved the cumulative TSN past chunks of this path.
    pub(super) cumulative: bool,
    /// Whether the SACK withdrew the acknowledgement of a gap ack block there.
    pub(super) taken_back: bool,
    /// Whether chunks are still in flight there.
    pub(super) in_flight: bool,
}

impl Outstanding {
    pub(super) fn new(skipped: Vec<(Tsn, Tsn)>) -> Self {
        Self {
            skipped,
            ..Self::default()
        }
    }

    /// Whether the chunks in flight fill a window of that many bytes.
    pub(super) fn fill(&self, window: u32) -> bool {
        let is_in_flight = |chunk: &&Chunk| chunk.place != Waiting::Marked && !chunk.in_a_gap_block;
        let in_flight = self.chunks.iter().filter(is_in_flight);
        let bytes: usize = in_flight.map(|chunk| chunk.size).sum();
        usize::try_from(window).is_ok_and(|window| bytes >= window)
    }

    /// Whether the sender may have abandoned all chunks in flight on the path. Such chunks count
    /// no more, and a FORWARD TSN tells the peer later.
    pub(super) fn may_be_abandoned(&self, path: IpAddr) -> bool {
        let is_skipped = |chunk: &Chunk| {
            let mut ranges = self.skipped.iter();
            ranges.any(|(after, to)| after.precedes(chunk.tsn) && !to.precedes(chunk.tsn))
        };
        let in_flight = |chunk: &&Chunk| chunk.place == Waiting::On(path) && !chunk.in_a_gap_block;
        self.chunks.iter().filter(in_flight).all(is_skipped)
    }

    /// The place of a chunk, if it was sent before and is not acknowledged.
    pub(super) fn place(&self, tsn: Tsn) -> Option<Waiting> {
        let chunk = self.chunks.iter().find(|chunk| chunk.tsn == tsn)?;
        Some(chunk.place)
    }

    /// Whether a chunk is or may be marked for retransmission, and no gap ack block
    /// acknowledges it.
    pub(super) fn has_marked(&self) -> bool {
        let is_marked = |chunk: &Chunk| {
            (chunk.place == Waiting::Marked || chunk.may_be_marked) && !chunk.in_a_gap_block
        };
        self.chunks.iter().any(is_marked)
    }

    /// Notes that the chunk may be marked for retransmission.
    pub(super) fn doubt(&mut self, tsn: Tsn) {
        for chunk in &mut self.chunks {
            chunk.may_be_marked |= chunk.tsn == tsn;
        }
    }

    /// Whether the chunk may be marked for retransmission.
    pub(super) fn may_be_marked(&self, tsn: Tsn) -> bool {
        let mut chunks = self.chunks.iter();
        chunks.any(|chunk| chunk.tsn == tsn && chunk.may_be_marked)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.chunks.is_empty()
    }

    pub(super) fn send(&mut self, tsn: Tsn, size: usize, path: IpAddr, at: Time) {
        self.chunks.retain(|chunk| chunk.tsn != tsn);
        self.chunks.push(Chunk {
            tsn,
            size,
            place: Waiting::On(path),
            sent: at,
            in_a_gap_block: false,
            reported_missing: 0,
            may_be_marked: false,
        });
    }

    pub(super) fn mark(&mut self, tsn: Tsn) {
        for chunk in &mut self.chunks {
            if chunk.tsn == tsn {
                chunk.place = Waiting::Marked;
            }
        }
    }

    /// Marks all chunks in flight on a path for retransmission.
    pub(super) fn mark_all(&mut self, path: IpAddr) {
        self.mark_those(path, |_| true);
    }

    /// Marks all chunks in flight on a path that were sent before that moment, and notes that
    /// those sent later may be marked.
    pub(super) fn mark_all_before(&mut self, path: IpAddr, moment: Time) {
        self.mark_those(path, |chunk| chunk.sent < moment);
    }

    fn mark_those(&mut self, path: IpAddr, is_meant: impl Fn(&Chunk) -> bool) {
        for chunk in &mut self.chunks {
            if chunk.place != Waiting::On(path) || chunk.in_a_gap_block {
                continue;
            }
            if is_meant(chunk) {
                chunk.place = Waiting::Marked;
            } else {
                chunk.may_be_marked = true;
            }
        }
    }

    /// Moves all chunks in flight from one path to another.
    pub(super) fn move_all(&mut self, path: IpAddr, other: IpAddr) {
        for chunk in &mut self.chunks {
            if chunk.place == Waiting::On(path) {
                chunk.place = Waiting::On(other);
            }
        }
    }

    pub(super) fn is_in_flight(&self, path: IpAddr) -> bool {
        let there = |chunk: &Chunk| chunk.place == Waiting::On(path) && !chunk.in_a_gap_block;
        self.chunks.iter().any(there)
    }

    /// Whether a chunk that is certainly not marked for retransmission is in flight on the
    /// path.
    pub(super) fn is_surely_in_flight(&self, path: IpAddr) -> bool {
        self.chunks.iter().any(|chunk| {
            chunk.place == Waiting::On(path) && !chunk.in_a_gap_block && !chunk.may_be_marked
        })
    }

    /// Whether a chunk is in flight on any path but this one.
    pub(super) fn is_in_flight_elsewhere(&self, path: IpAddr) -> bool {
        self.chunks.iter().any(|chunk| {
            matches!(chunk.place, Waiting::On(other) if other != path) && !chunk.in_a_gap_block
        })
    }

    /// Whether a chunk is in flight on any path but this one, and was sent there last by
    /// that moment.
    pub(super) fn was_in_flight_elsewhere(&self, path: IpAddr, by: Time) -> bool {
        self.chunks.iter().any(|chunk| {
            matches!(chunk.place, Waiting::On(other) if other != path)
                && !chunk.in_a_gap_block
                && chunk.sent <= by
        })
    }

    /// Drops the chunks up to that TSN, which the sender has abandoned.
    pub(super) fn abandon(&mut self, point: Tsn) {
        self.chunks.retain(|chunk| point.precedes(chunk.tsn));
    }

    /// Whether the cumulative TSN of a SACK has acknowledged all up to that TSN.
    pub(super) fn is_acknowledged(&self, tsn: Tsn) -> bool {
        self.point.is_some_and(|point| !point.precedes(tsn))
    }

    /// Whether a SACK is older than the last one.
    pub(super) fn is_old(&self, cumulative: Tsn) -> bool {
        self.point.is_some_and(|point| cumulative.precedes(point))
    }

    /// The effect of a SACK on a path. To be called for each path before
    /// [`Outstanding::move_on`].
    pub(super) fn acknowledge(&mut self, sack: &Sack, path: IpAddr) -> Acknowledged {
        let mut done = Acknowledged::default();
        for chunk in &mut self.chunks {
            if chunk.place != Waiting::On(path) {
                continue;
            }
            let cumulative = !sack.cumulative_tsn_ack.precedes(chunk.tsn);
            if !cumulative && !in_a_block(sack, chunk.tsn) {
                // The receiver may withdraw what a gap ack block acknowledged.
                done.taken_back |= chunk.in_a_gap_block;
                chunk.in_a_gap_block = false;
                continue;
            }
            if !chunk.in_a_gap_block {
                done.new.get_or_insert(chunk.tsn);
                chunk.in_a_gap_block = true;
            }
            done.cumulative |= cumulative;
        }
        done.in_flight = self.is_in_flight(path);
        done
    }

    /// Counts which chunks a SACK reports missing: those before one that it acknowledges for the
    /// first time. A chunk that three SACKs report missing may be marked for retransmission (RFC
    /// 9260 section 7.2.4). Returns whether there is such a chunk. To be called before
    /// [`Outstanding::acknowledge`].
    pub(super) fn miss(&mut self, sack: &Sack) -> bool {
        let new = |chunk: &&Chunk| !chunk.in_a_gap_block && in_a_block(sack, chunk.tsn);
        let new = self.chunks.iter().filter(new).map(|chunk| chunk.tsn);
        let highest = new.reduce(|one, other| if one.precedes(other) { other } else { one });
        let Some(highest) = highest else { return false };
        let mut is_any = false;
        for chunk in &mut self.chunks {
            let is_acknowledged =
                !sack.cumulative_tsn_ack.precedes(chunk.tsn) || in_a_block(sack, chunk.tsn);
            if !is_acknowledged && chunk.tsn.precedes(highest) {
                chunk.reported_missing = chunk.reported_missing.saturating_add(1);
                is_any |= chunk.reported_missing == 3;
                chunk.may_be_marked |= chunk.reported_missing >= 3;
            }
        }
        is_any
    }

    /// Drops the chunks that the cumulative TSN of the SACK acknowledges.
    pub(super) fn move_on(&mut self, sack: &Sack) {
        for chunk in &mut self.chunks {
            if chunk.place == Waiting::Marked && in_a_block(sack, chunk.tsn) {
                chunk.in_a_gap_block = true;
            }
        }
        let point = sack.cumulative_tsn_ack;
        self.chunks.retain(|chunk| point.precedes(chunk.tsn));
        self.point = Some(point);
    }
}

fn in_a_block(sack: &Sack, tsn: Tsn) -> bool {
    let distance = i64::from(tsn.offset_from(sack.cumulative_tsn_ack));
    let mut blocks = sack.gap_ack_blocks.iter();
    blocks.any(|block| i64::from(block.start) <= distance && distance <= i64::from(block.end))
}
