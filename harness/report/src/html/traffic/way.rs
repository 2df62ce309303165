//! What one end of an association sends: its chunks, its TSNs, and what comes back.

use std::collections::BTreeMap;

use serde::Serialize;
use wire::chunk::GapAckBlock;
use wire::{ChunkType, Tsn};

use super::streams::{Piece, Streams};
use super::thinned::Thinned;
use super::trips::{Kind, Trips};

/// So many retransmissions are kept, and none of them thinned out.
const AGAIN: usize = 2_000;

/// So many TSNs in flight are remembered.
const IN_FLIGHT: usize = 4_096;

/// RFC 9260, section 7.2.4: so many reports that a TSN is missing have it sent again.
const MISSING_REPORTS: u32 = 3;

/// One direction of an association.
#[derive(Debug, Default, Serialize)]
pub(super) struct Way {
    #[serde(skip)]
    pub(super) packets: u64,
    #[serde(skip)]
    pub(super) chunks: BTreeMap<ChunkType, u64>,
    /// Of user data.
    #[serde(skip)]
    pub(super) bytes: u64,
    #[serde(skip)]
    pub(super) again_count: u64,
    /// The TSN that positions count from, from 0.
    base: Option<u32>,
    /// When a TSN was sent first: time, position, link, and 1 if it was lost.
    data: Thinned<(u64, i64, usize, u8)>,
    /// When one was sent again.
    again: Vec<Again>,
    /// When an acknowledgement arrived.
    acks: Thinned<Ack>,
    #[serde(skip)]
    in_flight: BTreeMap<i64, Sent>,
    #[serde(skip)]
    pub(super) streams: Streams,
    #[serde(skip)]
    pub(super) trips: Trips,
}

/// Time, position of the cumulative TSN ack, a_rwnd, gap ack blocks as positions.
type Ack = (u64, i64, u32, Vec<(i64, i64)>);

#[derive(Debug)]
struct Sent {
    at: u64,
    link: usize,
    /// How often.
    times: u32,
    /// Whether a SACK has told that it has arrived.
    is_reported: bool,
    /// How many SACKs since then reported it missing.
    missing: u32,
    /// Whether a gap ack block has it.
    is_in_gap: bool,
}

#[derive(Debug, Serialize)]
struct Again {
    t: u64,
    tsn: i64,
    link: usize,
    lost: bool,
    /// The link that it went over before, if that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<usize>,
    why: String,
}

/// A DATA chunk on its way.
pub(super) struct Data {
    pub(super) at: u64,
    pub(super) tsn: Tsn,
    /// The first TSN of its sender, if that is known.
    pub(super) origin: Option<Tsn>,
    pub(super) piece: Piece,
    pub(super) link: usize,
    pub(super) is_lost: bool,
    /// When it arrived, if that was seen.
    pub(super) arrived: Option<u64>,
    /// Whether it was sent before, and over which link.
    pub(super) again: Option<Option<usize>>,
}

/// A SACK that has arrived.
pub(super) struct Sack<'a> {
    at: u64,
    sack: &'a wire::chunk::Sack,
    origin: Option<Tsn>,
}

impl<'a> Sack<'a> {
    /// `origin` is the first TSN of who receives it.
    pub(super) fn new(at: u64, sack: &'a wire::chunk::Sack, origin: Option<Tsn>) -> Self {
        Self { at, sack, origin }
    }
}

impl Way {
    pub(super) fn count(&mut self, kind: ChunkType) {
        *self.chunks.entry(kind).or_default() += 1;
    }

    pub(super) fn has_data(&self) -> bool {
        !self.data.points.is_empty()
    }

    fn place(&mut self, tsn: Tsn, origin: Option<Tsn>) -> i64 {
        let base = *self.base.get_or_insert(origin.unwrap_or(tsn).0);
        i64::from(tsn.offset_from(Tsn(base)))
    }

    pub(super) fn transmits(&mut self, data: &Data, is_drawn: bool) {
        self.bytes += data.piece.bytes;
        self.again_count += u64::from(data.again.is_some());
        if !is_drawn {
            return;
        }
        let place = self.place(data.tsn, data.origin);
        match data.again {
            None => {
                let lost = u8::from(data.is_lost);
                self.data.push((data.at, place, data.link, lost));
            }
            Some(before) if self.again.len() < AGAIN => {
                let why = self.why(place, data.at);
                self.again.push(Again {
                    t: data.at,
                    tsn: place,
                    link: data.link,
                    lost: data.is_lost,
                    before,
                    why,
                });
            }
            Some(_) => {}
        }
        let before = self.in_flight.get(&place);
        let sent = Sent {
            at: data.at,
            link: data.link,
            times: before.map_or(u32::from(data.again.is_some()), |it| it.times) + 1,
            is_reported: before.is_some_and(|it| it.is_reported),
            missing: 0,
            is_in_gap: false,
        };
        self.in_flight.insert(place, sent);
        if self.in_flight.len() > IN_FLIGHT {
            self.in_flight.pop_first();
        }
        match data.again {
            None => self.streams.send(place, &data.piece, data.link, data.at),
            Some(_) => self.streams.send_again(place),
        }
        if let Some(arrived) = data.arrived {
            self.streams.arrive(place, arrived);
            self.settle(None, arrived);
        }
    }

    /// Why a TSN is sent again, as far as the packets tell.
    fn why(&self, place: i64, at: u64) -> String {
        let Some(sent) = self.in_flight.get(&place) else {
            return "though it had been acknowledged".to_owned();
        };
        let passed = at.saturating_sub(sent.at) as f64 / 1e6;
        match (sent.is_in_gap, sent.missing) {
            (true, _) => "though a gap ack block had it".to_owned(),
            (false, missing) if missing >= MISSING_REPORTS => {
                format!("fast retransmission: {missing} SACKs reported it missing")
            }
            (false, 0) => format!("after {passed:.3} s without an answer: T3-rtx"),
            (false, 1) => format!("after {passed:.3} s: 1 SACK reported it missing"),
            (false, missing) => {
                format!("after {passed:.3} s: {missing} SACKs reported it missing")
            }
        }
    }

    pub(super) fn acknowledged(&mut self, it: &Sack<'_>, is_drawn: bool) {
        if !is_drawn {
            return;
        }
        let place = self.acknowledged_up_to(it.sack.cumulative_tsn_ack, it.origin);
        let blocks = it.sack.gap_ack_blocks.iter();
        let block = |it: &GapAckBlock| (place + i64::from(it.start), place + i64::from(it.end));
        let blocks: Vec<(i64, i64)> = blocks.take(64).map(block).collect();
        self.report(place, &blocks, it.at);
        let window = it.sack.a_rwnd;
        self.acks.push((it.at, place, window, blocks));
    }

    /// SHUTDOWN acknowledges, too, and knows of no gaps.
    pub(super) fn shut_down(&mut self, cumulative: Tsn, origin: Option<Tsn>, at: u64) {
        let place = self.acknowledged_up_to(cumulative, origin);
        self.report(place, &[], at);
    }

    fn acknowledged_up_to(&mut self, cumulative: Tsn, origin: Option<Tsn>) -> i64 {
        self.place(cumulative, origin.or(Some(cumulative.next())))
    }

    /// A SACK tells what has arrived.
    fn report(&mut self, cumulative: i64, blocks: &[(i64, i64)], at: u64) {
        let later = self.in_flight.split_off(&(cumulative + 1));
        let mut acknowledged = std::mem::replace(&mut self.in_flight, later);
        let mut reported: Vec<i64> = Vec::new();
        // By link, when the last was sent of what was sent once.
        let mut latest: BTreeMap<usize, u64> = BTreeMap::new();
        let mut report = |tsn: i64, sent: &mut Sent| {
            if std::mem::replace(&mut sent.is_reported, true) {
                return;
            }
            reported.push(tsn);
            if sent.times == 1 {
                let last = latest.entry(sent.link).or_default();
                *last = (*last).max(sent.at);
            } else {
                self.trips.leave_out();
            }
        };
        for (tsn, sent) in &mut acknowledged {
            report(*tsn, sent);
        }
        if let Some(highest) = blocks.iter().map(|(_, end)| *end).max() {
            for (tsn, sent) in self.in_flight.range_mut(..=highest) {
                sent.is_in_gap = blocks.iter().any(|(from, to)| (from..=to).contains(&tsn));
                sent.missing += u32::from(!sent.is_in_gap);
                if sent.is_in_gap {
                    report(*tsn, sent);
                }
            }
        }
        for (link, sent) in latest {
            self.trips.took(Kind::Data, link, sent, at);
        }
        for tsn in reported {
            self.streams.arrive(tsn, at);
        }
        self.settle(Some(cumulative), at);
    }

    fn settle(&mut self, cumulative: Option<i64>, at: u64) {
        let in_flight = &self.in_flight;
        self.streams.settle(cumulative, at, |from, to| {
            let between = in_flight.range((from + 1).min(to)..to).count();
            between as i64 >= to - from - 1
        });
    }

    /// The sender gives up on all up to a TSN.
    pub(super) fn abandon(&mut self, up_to: Tsn, origin: Option<Tsn>, at: u64) {
        let place = self.place(up_to, origin.or(Some(up_to.next())));
        self.streams.abandon(place, at);
        self.settle(None, at);
    }
}
