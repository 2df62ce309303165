//! Whether what is noticed of a path may have been so for a while.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use recording::{PacketView, Time};

use crate::hosts::Host;
use crate::pairing::{End, Journey};

/// So soon after a frame was received, what it changed is noticed in time.
const SOON: Duration = Duration::from_millis(1);

/// How many frames may have been received since a look.
const REMEMBERED: usize = 1024;

/// Follows when the lab looked at each host, where it did so after frames that were
/// sent and not after those that were received.
#[derive(Debug, Default)]
pub(crate) struct Looked {
    by_host: BTreeMap<Host, At>,
}

#[derive(Debug, Default)]
struct At {
    /// When frames were received that the lab has not looked after.
    received: VecDeque<Time>,
    /// The last look.
    last: Time,
    /// Whether a frame had been received a while before it, and not looked after.
    was_late: bool,
}

impl Looked {
    pub(crate) fn take_in<P: PacketView>(&mut self, journey: &Journey<P>) {
        self.look(journey.from, journey.packet.at());
        if let End::Arrived(at) = journey.end {
            let received = &mut self.by_host.entry(journey.to).or_default().received;
            let place = received.partition_point(|it| *it <= at);
            received.insert(place, at);
            if received.len() > REMEMBERED {
                received.pop_front();
            }
        }
    }

    /// The lab looks at a host.
    pub(crate) fn look(&mut self, host: Host, now: Time) {
        let at = self.by_host.entry(host).or_default();
        let seen = at.received.partition_point(|it| *it <= now);
        let first = at.received.drain(..seen).next();
        let is_late = first.is_some_and(|received| now - received >= SOON);
        // Of several looks in a row, the first one is it that noticed.
        at.was_late = is_late || at.was_late && now - at.last < SOON;
        at.last = now;
    }

    /// Whether what is noticed of a host now may have been so for a while.
    pub(crate) fn is_late(&mut self, host: Host, now: Time) -> bool {
        self.look(host, now);
        self.by_host.get(&host).is_some_and(|at| at.was_late)
    }
}
