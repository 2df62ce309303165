//! Detects that a change of a path may be older than the sample that shows it.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use recording::{PacketView, Time};

use crate::hosts::Host;
use crate::pairing::{End, Journey};

/// A sample within this time after a received frame shows the frame's effects in time.
const SOON: Duration = Duration::from_millis(1);

/// Number of received frames since the last sample that are remembered.
const REMEMBERED: usize = 1024;

/// Follows the times of samples in recordings whose paths were sampled after sent frames,
/// but not after received ones.
#[derive(Debug, Default)]
pub(crate) struct LateSamples {
    by_host: BTreeMap<Host, At>,
}

#[derive(Debug, Default)]
struct At {
    /// Times of received frames after which no sample was taken yet.
    received: VecDeque<Time>,
    /// Time of the last sample.
    last: Time,
    /// Whether the last sample came late after a received frame.
    was_late: bool,
}

impl LateSamples {
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

    /// Follows a sample of a host's paths.
    pub(crate) fn look(&mut self, host: Host, now: Time) {
        let at = self.by_host.entry(host).or_default();
        let seen = at.received.partition_point(|it| *it <= now);
        let first = at.received.drain(..seen).next();
        let is_late = first.is_some_and(|received| now - received >= SOON);
        // Of several samples in a row, the first one shows the change.
        at.was_late = is_late || at.was_late && now - at.last < SOON;
        at.last = now;
    }

    /// Whether a change that is noticed at a host now may be older.
    pub(crate) fn is_late(&mut self, host: Host, now: Time) -> bool {
        self.look(host, now);
        self.by_host.get(&host).is_some_and(|at| at.was_late)
    }
}
