use std::net::IpAddr;

use recording::Time;
use wire::Tsn;
use wire::chunk::Sack;

/// The DATA chunks of one end that are not acknowledged, each with the path that it
/// was sent on last.
#[derive(Default)]
pub(super) struct Outstanding {
    chunks: Vec<Chunk>,
    /// All before this one have been acknowledged.
    point: Option<Tsn>,
}

#[derive(Clone, Copy)]
struct Chunk {
    tsn: Tsn,
    place: Waiting,
    /// When it was sent last.
    sent: Time,
    /// A gap ack block has acknowledged it.
    in_a_gap_block: bool,
    /// It was sent at the moment in which T3-rtx of its path ran out: before that, so that it
    /// waits to be sent again, or after.
    may_be_marked: bool,
}

/// Where a chunk is waiting.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Waiting {
    /// Sent on that path, with T3-rtx of the path running.
    On(IpAddr),
    /// Marked for retransmission.
    Marked,
}

/// What a SACK did on one path.
#[derive(Clone, Copy, Default)]
pub(super) struct Acknowledged {
    /// A TSN that it acknowledged for the first time.
    pub(super) new: Option<Tsn>,
    /// It moved the cumulative TSN over chunks of this path.
    pub(super) cumulative: bool,
    /// It took back what a gap ack block had acknowledged there.
    pub(super) taken_back: bool,
    /// Something is still in flight there.
    pub(super) in_flight: bool,
}

impl Outstanding {
    /// Where a chunk is, if it was sent before and is not acknowledged.
    pub(super) fn place(&self, tsn: Tsn) -> Option<Waiting> {
        let chunk = self.chunks.iter().find(|chunk| chunk.tsn == tsn)?;
        Some(chunk.place)
    }

    /// Whether a chunk waits to be sent again.
    pub(super) fn has_marked(&self) -> bool {
        let is_marked = |chunk: &Chunk| {
            (chunk.place == Waiting::Marked || chunk.may_be_marked) && !chunk.in_a_gap_block
        };
        self.chunks.iter().any(is_marked)
    }

    /// A chunk may wait to be sent again.
    pub(super) fn doubt(&mut self, tsn: Tsn) {
        for chunk in &mut self.chunks {
            chunk.may_be_marked |= chunk.tsn == tsn;
        }
    }

    /// Whether a chunk may wait to be sent again.
    pub(super) fn may_be_marked(&self, tsn: Tsn) -> bool {
        let mut chunks = self.chunks.iter();
        chunks.any(|chunk| chunk.tsn == tsn && chunk.may_be_marked)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.chunks.is_empty()
    }

    pub(super) fn send(&mut self, tsn: Tsn, path: IpAddr, at: Time) {
        self.chunks.retain(|chunk| chunk.tsn != tsn);
        self.chunks.push(Chunk {
            tsn,
            place: Waiting::On(path),
            sent: at,
            in_a_gap_block: false,
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

    /// T3-rtx of a path has run out: all its chunks are marked for retransmission.
    pub(super) fn mark_all(&mut self, path: IpAddr) {
        self.mark_those(path, |_| true);
    }

    /// The same, but for what was sent from that moment on.
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

    /// What was in flight on a path is in flight on another.
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

    /// Whether something is in flight on a path that does not perhaps wait to be sent again.
    pub(super) fn is_surely_in_flight(&self, path: IpAddr) -> bool {
        self.chunks.iter().any(|chunk| {
            chunk.place == Waiting::On(path) && !chunk.in_a_gap_block && !chunk.may_be_marked
        })
    }

    /// Whether something is in flight on other paths than that.
    pub(super) fn is_in_flight_elsewhere(&self, path: IpAddr) -> bool {
        self.chunks.iter().any(|chunk| {
            matches!(chunk.place, Waiting::On(other) if other != path) && !chunk.in_a_gap_block
        })
    }

    /// The same, of what had been sent there last by that moment.
    pub(super) fn was_in_flight_elsewhere(&self, path: IpAddr, by: Time) -> bool {
        self.chunks.iter().any(|chunk| {
            matches!(chunk.place, Waiting::On(other) if other != path)
                && !chunk.in_a_gap_block
                && chunk.sent <= by
        })
    }

    /// They are given up, up to that one.
    pub(super) fn abandon(&mut self, point: Tsn) {
        self.chunks.retain(|chunk| point.precedes(chunk.tsn));
    }

    /// Whether a SACK is older than the last one.
    pub(super) fn is_old(&self, cumulative: Tsn) -> bool {
        self.point.is_some_and(|point| cumulative.precedes(point))
    }

    /// What a SACK acknowledges on a path. To be asked for each path before
    /// [`Outstanding::move_on`].
    pub(super) fn acknowledge(&mut self, sack: &Sack, path: IpAddr) -> Acknowledged {
        let mut done = Acknowledged::default();
        for chunk in &mut self.chunks {
            if chunk.place != Waiting::On(path) {
                continue;
            }
            let cumulative = !sack.cumulative_tsn_ack.precedes(chunk.tsn);
            if !cumulative && !in_a_block(sack, chunk.tsn) {
                // The receiver may take back what a gap ack block said.
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

    /// Forgets what is acknowledged for good.
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
