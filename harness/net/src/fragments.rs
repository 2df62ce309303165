//! Fragments of IP packets in the fabric.

use std::collections::BTreeMap;
use std::time::Duration;

use wire::frame::{LinkType, Put, Reassembly, Whole};

use crate::frames::ReceivedFrame;
use crate::layout::PortId;
use crate::log::RecordId;

/// Time for which a fragment is held for the others of its packet. A kernel sends them
/// immediately one after the other. If some are missing after this time, the others
/// continue by themselves.
const HOLD: Duration = Duration::from_millis(100);

/// A frame that is a fragment and waits for the others of its packet, or has come alone.
#[derive(Debug)]
pub(crate) struct Part {
    pub(crate) sender: PortId,
    pub(crate) record: RecordId,
    /// Time of arrival, in nanoseconds of `CLOCK_MONOTONIC`.
    pub(crate) at: u64,
    pub(crate) bytes: Vec<u8>,
}

/// The result for a frame.
#[derive(Debug)]
pub(crate) enum Came {
    /// The frame is no fragment.
    Alone,
    /// The fragment waits for others.
    Waits,
    /// The fragment completes its packet: the fragments, in the order of arrival.
    Whole(Whole, Vec<Part>),
    /// These fragments cannot be reassembled.
    Apart(Vec<Part>),
}

/// The fragments that wait for others of their packet.
#[derive(Debug, Default)]
pub(crate) struct Fragments {
    reassembly: Reassembly,
    /// The waiting fragments by the number of their packet, in the order of first
    /// fragments.
    waiting: BTreeMap<u64, Vec<Part>>,
}

impl Fragments {
    pub(crate) fn take(
        &mut self,
        sender: PortId,
        record: RecordId,
        frame: &ReceivedFrame<'_>,
    ) -> Came {
        let put = self
            .reassembly
            .put(sender.0, frame.at, LinkType::ETHERNET, frame.bytes);
        let packet = match &put {
            Put::NoFragment => return Came::Alone,
            Put::Held { packet } | Put::Refused { packet } => *packet,
            Put::Whole(whole) => whole.packet,
        };
        let parts = self.waiting.entry(packet).or_default();
        parts.push(Part {
            sender,
            record,
            at: frame.at,
            bytes: frame.bytes.to_vec(),
        });
        match put {
            Put::NoFragment | Put::Held { .. } => Came::Waits,
            Put::Whole(whole) => Came::Whole(whole, self.remove(packet)),
            Put::Refused { .. } => Came::Apart(self.remove(packet)),
        }
    }

    /// Time at which the next fragments continue by themselves.
    pub(crate) fn next(&self) -> Option<u64> {
        let (_, parts) = self.waiting.first_key_value()?;
        parts.first().map(until)
    }

    /// The next fragments that have waited long enough.
    pub(crate) fn pop(&mut self, now: u64) -> Option<Vec<Part>> {
        let first = self.waiting.first_entry()?;
        let is_late = first.get().first().is_none_or(|part| until(part) <= now);
        is_late.then(|| first.remove())
    }

    fn remove(&mut self, packet: u64) -> Vec<Part> {
        self.waiting.remove(&packet).unwrap_or_default()
    }
}

fn until(part: &Part) -> u64 {
    part.at.saturating_add(HOLD.as_nanos() as u64)
}
