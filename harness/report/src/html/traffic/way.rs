//! One direction of an association: its chunks, its TSNs, and their acknowledgements.

use std::collections::BTreeMap;

use serde::Serialize;
use wire::chunk::GapAckBlock;
use wire::{ChunkType, Tsn};

use super::streams::{Piece, Streams};
use super::thinned::Thinned;
use super::trips::{Kind, Trips};

/// Greatest number of retransmissions that are kept. None of them is thinned out.
const AGAIN: usize = 2_000;

/// Greatest number of TSNs in flight that are remembered.
const IN_FLIGHT: usize = 4_096;

/// Number of SACKs that must report a TSN missing before fast retransmission (RFC 9260,
/// section 7.2.4).
const MISSING_REPORTS: u32 = 3;

/// One direction of an association.
#[derive(Debug, Default, Serialize)]
pub(super) struct Way {
    #[serde(skip)]
    pub(super) packets: u64,
    #[serde(skip)]
    pub(super) chunks: BTreeMap<ChunkType, u64>,
    /// Bytes of user data.
    #[serde(skip)]
    pub(super) bytes: u64,
    #[serde(skip)]
    pub(super) again_count: u64,
    /// The TSN at position 0.
    base: Option<u32>,
    /// First transmissions: time, position, link, and 1 if the chunk was lost.
    data: Thinned<(u64, i64, usize, u8)>,
    /// Retransmissions.
    again: Vec<Again>,
    /// Acknowledgements that arrived.
    acks: Thinned<Ack>,
    #[serde(skip)]
    in_flight: BTreeMap<i64, Sent>,
    #[serde(skip)]
    pub(super) streams: Streams,
    #[serde(skip)]
    pub(super) trips: Trips,
}

/// Time, position of the cumulative TSN ack, a_rwnd, and positions of the gap ack blocks.
type Ack = (u64, i64, u32, Vec<(i64, i64)>);

#[derive(Debug)]
struct Sent {
    at: u64,
    link: usize,
    /// Number of transmissions.
    times: u32,
    /// Whether a SACK has acknowledged the TSN.
    is_reported: bool,
    /// Number of SACKs that have reported the TSN missing since its last transmission.
    missing: u32,
    /// Whether a gap ack block covers the TSN.
    is_in_gap: bool,
}

#[derive(Debug, Serialize)]
struct Again {
    t: u64,
    tsn: i64,
    link: usize,
    lost: bool,
    /// The link of the transmission before, where known.
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<usize>,
    why: String,
}

/// A transmission of a DATA or I-DATA chunk.
pub(super) struct Data {
    pub(super) at: u64,
    pub(super) tsn: Tsn,
    /// The initial TSN of the chunk's sender, where known.
    pub(super) origin: Option<Tsn>,
    pub(super) piece: Piece,
    pub(super) link: usize,
    pub(super) is_lost: bool,
    /// Time of arrival, if the arrival was captured.
    pub(super) arrived: Option<u64>,
    /// `Some` if the chunk was sent before, with the link of that transmission, where
    /// known.
    pub(super) again: Option<Option<usize>>,
}

/// A SACK that has arrived.
pub(super) struct Sack<'a> {
    at: u64,
    sack: &'a wire::chunk::Sack,
    origin: Option<Tsn>,
}

impl<'a> Sack<'a> {
    /// `origin` is the initial TSN of the SACK's receiver.
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

    /// The reason of a retransmission, as far as packets show it.
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

    /// Follows a SHUTDOWN, which has a cumulative TSN ack but no gap ack blocks.
    pub(super) fn shut_down(&mut self, cumulative: Tsn, origin: Option<Tsn>, at: u64) {
        let place = self.acknowledged_up_to(cumulative, origin);
        self.report(place, &[], at);
    }

    fn acknowledged_up_to(&mut self, cumulative: Tsn, origin: Option<Tsn>) -> i64 {
        self.place(cumulative, origin.or(Some(cumulative.next())))
    }

    /// Follows the acknowledgements of a SACK.
    fn report(&mut self, cumulative: i64, blocks: &[(i64, i64)], at: u64) {
        let later = self.in_flight.split_off(&(cumulative + 1));
        let mut acknowledged = std::mem::replace(&mut self.in_flight, later);
        let mut reported: Vec<i64> = Vec::new();
        // By link, the last transmission of those TSNs that were sent once.
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

    /// Follows the abandonment of all TSNs up to one.
    pub(super) fn abandon(&mut self, up_to: Tsn, origin: Option<Tsn>, at: u64) {
        let place = self.place(up_to, origin.or(Some(up_to.next())));
        self.streams.abandon(place, at);
        self.settle(None, at);
    }
}
