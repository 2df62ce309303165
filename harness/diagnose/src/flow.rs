//! The user data of one direction of an association.

use std::collections::VecDeque;

use wire::Tsn;
use wire::chunk::Sack;

use crate::evidence::{Evidence, Moment};
use crate::failover::Failovers;
use crate::seen::{Known, Seen};
use crate::sent::Sent;

/// The most unacknowledged chunks that are remembered.
const OUTSTANDING: usize = 2048;

/// The most retransmissions that wait for a sign whether they were needed.
const PENDING: usize = 64;

/// The longest time in nanoseconds after a chunk of a higher TSN in which a chunk counts as
/// reordered, and not as lost.
const AT_ONCE: u64 = 100_000_000;

/// The most measured retransmission timers that are remembered.
const TIMERS: usize = 16;

/// The least duration of a retransmission timer, in nanoseconds: the clocks of kernels tick a
/// hundred times a second or more (Linux's `CONFIG_HZ`). A chunk that is seen again sooner was
/// bundled with the retransmission of an earlier chunk, or was captured twice.
const TICK: u64 = 10_000_000;

/// The user data that one end sent.
#[derive(Debug, Default)]
pub struct Flow {
    /// The number of new DATA and I-DATA chunks.
    pub chunks: u64,
    /// The bytes of user data in new chunks.
    pub bytes: u64,
    /// The first chunk.
    pub first: Option<Moment>,
    /// The last new chunk.
    pub last: Option<Moment>,
    /// Retransmissions.
    pub retransmissions: Evidence,
    /// Retransmissions of chunks that the receiver had already.
    pub spurious: Evidence,
    /// Spurious retransmissions by a timer that ran out before a late SACK came: the time
    /// to the retransmission, and the time to the SACK, in nanoseconds.
    pub late_sacks: Vec<(u64, u64)>,
    /// The retransmission timers: the packet that a timer sent, the duration of the timer
    /// in nanoseconds, and how often that chunk had been sent before.
    pub timers: Vec<(Moment, u64, u32)>,
    /// SACKs with a duplicate TSN that was sent only once.
    pub doubled: Evidence,
    /// New chunks that came right after one of a higher TSN.
    pub overtaken: Evidence,
    /// New chunks that came long after one of a higher TSN: an earlier transmission was
    /// lost before the place of the capture.
    pub lost_before: Evidence,
    /// The number of acknowledged TSNs that the capture does not have.
    pub uncaptured: u64,
    /// The packets that acknowledge such TSNs.
    pub acknowledged_unseen: Evidence,
    /// The TSN up to which acknowledged TSNs are counted.
    counted: Option<Tsn>,
    /// Chunks that were sent again while the receiver's window was closed.
    pub probes: Evidence,
    /// SACKs of the receiver with an a_rwnd of 0.
    pub closed: Evidence,
    pub(crate) closed_since: Option<Moment>,
    /// The longest time that the window was closed, in nanoseconds.
    pub closed_longest: u64,
    /// The shortest and the longest time from a chunk to its SACK, in nanoseconds.
    pub answered: Option<(u64, u64)>,
    /// The largest packet with user data that was acknowledged, in bytes.
    pub largest_arrived: usize,
    /// A packet that is sent again and again.
    pub stuck: Option<Stuck>,
    /// The failovers from one path to another.
    pub failovers: Failovers,
    seen: Seen,
    cumulative: Option<(Tsn, Moment)>,
    /// The highest TSN behind a gap in the last SACK with gaps, and that SACK.
    gap: Option<(Tsn, Moment)>,
    outstanding: VecDeque<Sent>,
    pending: VecDeque<Again>,
}

/// A packet that is sent again and again, and does not arrive.
#[derive(Debug)]
pub struct Stuck {
    /// The size of the packet in bytes.
    pub size: usize,
    /// Every transmission.
    pub packets: Evidence,
    /// Whether smaller packets that were sent later have arrived.
    pub others_arrive: bool,
    tsn: Tsn,
    since: Moment,
}

/// A retransmission that the receiver may still report as a duplicate.
#[derive(Clone, Copy, Debug)]
struct Again {
    tsn: Tsn,
    first: Moment,
    at: Moment,
    by_timer: bool,
    acknowledged: Option<Moment>,
}

/// A transmission of a chunk.
#[derive(Clone, Copy)]
pub(crate) struct Transmission {
    pub(crate) tsn: Tsn,
    pub(crate) bytes: usize,
    pub(crate) at: Moment,
    pub(crate) path: usize,
    /// The size of the whole packet in bytes.
    pub(crate) size: usize,
}

impl Flow {
    pub(crate) fn transmit(&mut self, it: Transmission) {
        match self.seen.see(it.tsn) {
            Known::Higher => self.begin(it),
            // The chunk was sent before one of a higher TSN, and came after it.
            Known::Lower => {
                let is_acknowledged = self
                    .cumulative
                    .is_some_and(|(known, _)| it.tsn.offset_from(known) <= 0);
                let after = self.last.map_or(0, |last| it.at.since(last));
                match self.is_told_missing(it.tsn) || after > AT_ONCE {
                    true => self.lost_before.add(it.at),
                    // A capture that does not keep the order may also show the chunk after
                    // its own SACK.
                    false => self.overtaken.add(it.at),
                }
                if !is_acknowledged {
                    self.begin(it);
                } else {
                    self.uncaptured = self.uncaptured.saturating_sub(1);
                }
            }
            Known::Again => match self.place(it.tsn) {
                Ok(place) => self.transmit_again(it, place),
                Err(_) => {
                    // The chunk had been acknowledged before.
                    self.retransmissions.add(it.at);
                    self.spurious.add(it.at);
                }
            },
            Known::Forgotten => {}
        }
    }

    /// Whether the last SACK with gaps reports a higher TSN than this one.
    fn is_told_missing(&self, tsn: Tsn) -> bool {
        self.gap
            .is_some_and(|(highest, _)| highest.offset_from(tsn) > 0)
    }

    fn place(&self, tsn: Tsn) -> Result<usize, usize> {
        let order = |sent: &Sent| sent.tsn.offset_from(tsn).cmp(&0);
        // Most chunks have the highest TSN so far.
        match self.outstanding.back() {
            Some(last) if order(last).is_lt() => Err(self.outstanding.len()),
            _ => self.outstanding.binary_search_by(order),
        }
    }

    fn begin(&mut self, it: Transmission) {
        let counted = *self.counted.get_or_insert(Tsn(it.tsn.0.wrapping_sub(1)));
        if it.tsn.offset_from(counted) <= 0 {
            // The chunk is captured after the SACK for it, and was counted as missing.
            self.uncaptured = self.uncaptured.saturating_sub(1);
        }
        self.chunks += 1;
        self.bytes += it.bytes as u64;
        self.first.get_or_insert(it.at);
        self.last = Some(it.at);
        self.failovers.begin(it.at, it.path);
        let sent = Sent {
            tsn: it.tsn,
            first: it.at,
            last: it.at,
            times: 1,
            path: it.path,
            size: it.size,
            has_arrived: false,
        };
        if let Err(place) = self.place(it.tsn) {
            self.outstanding.insert(place, sent);
        }
        if self.outstanding.len() > OUTSTANDING
            && let Some(forgotten) = self.outstanding.pop_front()
        {
            self.count_up_to(forgotten.tsn);
        }
    }

    fn transmit_again(&mut self, it: Transmission, place: usize) {
        let sent = self.outstanding[place];
        if self.closed_since.is_some() {
            // A retransmission into a closed window is a zero window probe (RFC 9260,
            // section 6.1).
            self.probes.add(it.at);
            self.outstanding[place].last = it.at;
            return;
        }
        self.retransmissions.add(it.at);
        // A chunk that a SACK reports missing is sent again without a timer (RFC 9260,
        // section 7.2.4).
        let is_told_missing = self
            .gap
            .is_some_and(|(highest, at)| at.at >= sent.last.at && highest.offset_from(it.tsn) > 0);
        let took = it.at.since(sent.last);
        // T3-rtx is the timer of the earliest chunk in flight (RFC 9260, section 6.3.2). When
        // it runs out, other chunks are retransmitted along with that one.
        let is_by_timer = place == 0 && !is_told_missing && took >= TICK;
        if is_by_timer && self.timers.len() < TIMERS {
            self.timers.push((it.at, took, sent.times));
        }
        if sent.has_arrived {
            self.spurious.add(it.at);
        } else {
            if self.pending.len() >= PENDING {
                self.pending.pop_front();
            }
            self.pending.push_back(Again {
                tsn: it.tsn,
                first: sent.first,
                at: it.at,
                by_timer: is_by_timer && sent.times == 1,
                acknowledged: None,
            });
        }
        if sent.times >= 2 && it.size == sent.size {
            self.stick(&sent, it);
        }
        self.failovers.retransmit(it.at, it.path, &sent);
        let sent = &mut self.outstanding[place];
        sent.last = it.at;
        sent.times += 1;
        sent.path = it.path;
        sent.size = it.size;
    }

    /// Takes the third or a later transmission of a packet.
    fn stick(&mut self, sent: &Sent, it: Transmission) {
        match &mut self.stuck {
            Some(stuck) if stuck.tsn == it.tsn => stuck.packets.add(it.at),
            Some(stuck) if stuck.others_arrive => {}
            stuck => {
                *stuck = Some(Stuck {
                    size: it.size,
                    packets: [sent.first, sent.last, it.at].into_iter().collect(),
                    others_arrive: false,
                    tsn: it.tsn,
                    since: sent.first,
                });
            }
        }
    }

    /// Takes the arrival of a packet of this size in bytes, which was sent at `sent`.
    pub(crate) fn get_through(&mut self, size: usize, sent: Moment) {
        if let Some(stuck) = &mut self.stuck
            && sent > stuck.since
        {
            match size < stuck.size {
                true => stuck.others_arrive = true,
                false => self.stuck = None,
            }
        }
    }

    /// Takes a Cumulative TSN Ack.
    pub(crate) fn acknowledge(&mut self, cumulative: Tsn, at: Moment) {
        if let Some((known, _)) = self.cumulative
            && cumulative.offset_from(known) <= 0
        {
            return;
        }
        self.cumulative = Some((cumulative, at));
        let mut captured = 0;
        while let Some(sent) = self.outstanding.front()
            && sent.tsn.offset_from(cumulative) <= 0
        {
            let sent = *sent;
            self.outstanding.pop_front();
            self.arrive(&sent, at);
            captured += 1;
        }
        let all = self.count_up_to(cumulative);
        if all > captured {
            self.uncaptured += all - captured;
            self.acknowledged_unseen.add(at);
        }
    }

    /// Counts TSNs up to this one. Returns how many of them were not counted before.
    fn count_up_to(&mut self, tsn: Tsn) -> u64 {
        let Some(counted) = &mut self.counted else {
            return 0;
        };
        let further = u64::try_from(tsn.offset_from(*counted)).unwrap_or(0);
        if further > 0 {
            *counted = tsn;
        }
        further
    }

    fn arrive(&mut self, sent: &Sent, at: Moment) {
        if sent.has_arrived {
            return;
        }
        self.failovers.arrive(sent);
        self.get_through(sent.size, sent.last);
        self.largest_arrived = self.largest_arrived.max(sent.size);
        if sent.times == 1 {
            let took = at.since(sent.first);
            let (least, most) = self.answered.unwrap_or((took, took));
            self.answered = Some((least.min(took), most.max(took)));
        } else {
            for again in self.pending.iter_mut().filter(|it| it.tsn == sent.tsn) {
                again.acknowledged.get_or_insert(at);
            }
        }
    }

    /// Takes a FORWARD TSN: the sender gives up all chunks up to a TSN (RFC 3758).
    pub(crate) fn abandon(&mut self, up_to: Tsn) {
        while let Some(sent) = self.outstanding.front()
            && sent.tsn.offset_from(up_to) <= 0
        {
            self.outstanding.pop_front();
        }
        self.count_up_to(up_to);
    }

    /// Takes a SACK.
    pub(crate) fn sack(&mut self, sack: &Sack, at: Moment) {
        self.window(sack.a_rwnd, at);
        self.acknowledge(sack.cumulative_tsn_ack, at);
        for block in sack.gap_ack_blocks.iter().take(OUTSTANDING) {
            let first = sack.cumulative_tsn_ack + u32::from(block.start);
            let last = sack.cumulative_tsn_ack + u32::from(block.end);
            self.gap = Some((last, at));
            let begin = self.place(first).unwrap_or_else(|place| place);
            for place in begin..self.outstanding.len() {
                let sent = self.outstanding[place];
                if sent.tsn.offset_from(last) > 0 {
                    break;
                }
                self.arrive(&sent, at);
                self.outstanding[place].has_arrived = true;
            }
        }
        for tsn in sack.duplicate_tsns.iter().take(PENDING) {
            self.got_twice(*tsn, at);
        }
    }

    fn got_twice(&mut self, tsn: Tsn, at: Moment) {
        match self.pending.iter().position(|it| it.tsn == tsn) {
            Some(place) => {
                if let Some(again) = self.pending.remove(place) {
                    self.spurious.add(again.at);
                    let sack = again.acknowledged.unwrap_or(at).since(again.first);
                    let timer = again.at.since(again.first);
                    // A chunk is sent for the third time after thrice the timer (RFC 9260,
                    // section 6.3.3). SACKs that had not come by then were lost, not late.
                    let is_late = sack >= timer && sack < 3 * timer;
                    if again.by_timer && is_late && self.late_sacks.len() < TIMERS {
                        self.late_sacks.push((timer, sack));
                    }
                }
            }
            // Where chunks were retransmitted, the duplicate is one of them, and is counted
            // as spurious already.
            None if self.retransmissions.is_empty() => self.doubled.add(at),
            None => {}
        }
    }

    /// Takes the receiver's a_rwnd in bytes.
    pub(crate) fn window(&mut self, room: u32, at: Moment) {
        match (room, self.closed_since) {
            (0, None) => {
                self.closed.add(at);
                self.closed_since = Some(at);
            }
            (0, Some(_)) => self.closed.add(at),
            (_, Some(since)) => {
                self.closed_longest = self.closed_longest.max(at.since(since));
                self.closed_since = None;
            }
            _ => {}
        }
    }

    /// The oldest chunk that no SACK has acknowledged: its first and last transmission, and
    /// the number of transmissions.
    pub(crate) fn unanswered(&self) -> Option<(Moment, Moment, u32)> {
        let oldest = self.outstanding.iter().find(|it| !it.has_arrived)?;
        Some((oldest.first, oldest.last, oldest.times))
    }

    /// Ends the flow at the end of the capture: a window that is still closed was closed up
    /// to then.
    pub(crate) fn end(&mut self, at: Moment) {
        if let Some(since) = self.closed_since {
            self.closed_longest = self.closed_longest.max(at.since(since));
        }
    }
}
