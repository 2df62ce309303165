//! The state of a path: a pair of addresses.

use std::collections::VecDeque;
use std::net::IpAddr;

use crate::evidence::{Evidence, Moment};

/// The most HEARTBEATs that wait for an answer.
const PENDING: usize = 16;

/// A path: an address of each end.
#[derive(Debug)]
pub struct Path {
    /// The addresses of the ends.
    pub addresses: [IpAddr; 2],
    /// The packets of each end over the path.
    pub ways: [Way; 2],
}

/// The packets that one end sent over a path.
#[derive(Debug, Default)]
pub struct Way {
    /// The number of packets.
    pub packets: u64,
    /// The number of chunks with user data.
    pub data: u64,
    /// The first packet.
    pub first: Option<Moment>,
    /// The last packet.
    pub last: Option<Moment>,
    /// The number of HEARTBEATs.
    pub heartbeats: u64,
    /// The number of HEARTBEATs that were answered.
    pub answered: u64,
    /// The shortest and the longest time from a HEARTBEAT to its HEARTBEAT ACK, in
    /// nanoseconds.
    pub took: Option<(u64, u64)>,
    /// The longest row of HEARTBEATs without an answer.
    pub unanswered: Evidence,
    /// The row of unanswered HEARTBEATs since the last answer.
    row: Evidence,
    /// HEARTBEAT ACKs that came over another pair of addresses than their HEARTBEAT.
    pub answered_elsewhere: Evidence,
    pending: VecDeque<(u64, Moment)>,
}

impl Path {
    pub(crate) fn new(addresses: [IpAddr; 2]) -> Self {
        Self {
            addresses,
            ways: Default::default(),
        }
    }
}

impl Way {
    /// Takes a HEARTBEAT, by a hash of its Heartbeat Info.
    pub(crate) fn ask(&mut self, information: u64, at: Moment) {
        self.heartbeats += 1;
        // The next packet with HEARTBEATs is sent only when the last one is answered or has
        // timed out.
        if let Some((_, last)) = self.pending.back()
            && *last != at
        {
            self.row.add(*last);
            if self.row.count() > self.unanswered.count() {
                self.unanswered = self.row.clone();
            }
        }
        if self.pending.len() >= PENDING {
            self.pending.pop_front();
        }
        self.pending.push_back((information, at));
    }

    /// Takes a HEARTBEAT ACK. Returns the HEARTBEAT that it answers, if that was sent over
    /// this path.
    pub(crate) fn answer(&mut self, information: u64, at: Moment, is_here: bool) -> Option<Moment> {
        let mut pending = self.pending.iter();
        let place = pending.position(|(it, _)| *it == information)?;
        let (_, asked) = self.pending[place];
        self.pending.drain(..=place);
        self.answered += 1;
        self.row = Evidence::default();
        let took = at.since(asked);
        let (least, most) = self.took.unwrap_or((took, took));
        self.took = Some((least.min(took), most.max(took)));
        if !is_here {
            self.answered_elsewhere.add(at);
        }
        Some(asked)
    }

    /// Ends the way at the end of the capture. A HEARTBEAT sent long enough before counts
    /// as unanswered.
    pub(crate) fn end(&mut self, at: Moment) {
        /// Thrice RTO.Initial (RFC 9260, section 16), in nanoseconds.
        const LONG: u64 = 3_000_000_000;
        if let Some((_, last)) = self.pending.back()
            && at.since(*last) > LONG
        {
            self.row.add(*last);
            if self.row.count() > self.unanswered.count() {
                self.unanswered = self.row.clone();
            }
        }
    }
}
