//! The path and kind of a HEARTBEAT, and the events that make an endpoint send one out of
//! turn.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::time::Duration;

use bytes::Bytes;
use recording::{Direction, Event, Time};
use wire::chunk::HeartbeatAck;
use wire::{Chunk, Tsn};

use super::Of;
use super::replay::MOMENT;
use crate::timeline::Timeline;

/// The HEARTBEATs that were sent, by their Heartbeat Information.
#[derive(Default)]
pub(super) struct Asked(BTreeMap<Bytes, (IpAddr, Time)>);

impl Asked {
    pub(super) fn send(&mut self, info: &Bytes, path: IpAddr, at: Time) {
        self.0.insert(info.clone(), (path, at));
    }

    /// The path that a HEARTBEAT ACK is about, and the time of the HEARTBEAT that it
    /// answers.
    pub(super) fn answered(&self, ack: &HeartbeatAck) -> Option<(IpAddr, Time)> {
        self.0.get(&ack.info).copied()
    }
}

/// Whether the HEARTBEAT probes the path's MTU: such a HEARTBEAT is padded, and its loss
/// counts no error (RFC 8899 section 6.2.1.2).
pub(super) fn is_mtu_probe(chunks: &[Chunk]) -> bool {
    chunks.iter().any(|chunk| matches!(chunk, Chunk::Pad(_)))
}

/// The times at which the scenario asked for a HEARTBEAT, or changed how HEARTBEATs are
/// sent.
pub(super) fn demands(of: &Of<'_>, timeline: &Timeline<'_>) -> Vec<Time> {
    // The last report of each association and path.
    let mut known = BTreeMap::new();
    let demands = timeline.observations().filter(|(_, it)| match &it.event {
        Event::Call { endpoint, call, .. } => {
            endpoint == of.endpoint && call.ends_with("SCTP_PEER_ADDR_PARAMS")
        }
        Event::Timers {
            endpoint,
            association,
            address,
            timers,
        } if endpoint == of.endpoint => {
            let heartbeats = (timers.heartbeats, timers.heartbeat_interval);
            let before = known.insert((association, address), heartbeats);
            before != Some(heartbeats)
        }
        _ => false,
    });
    demands.map(|(_, it)| it.at).collect()
}

/// The times at which the application handed messages over, the latest first.
pub(super) fn sends(of: &Of<'_>, timeline: &Timeline<'_>) -> Vec<Time> {
    let sends = timeline
        .observations()
        .filter_map(|(_, it)| match &it.event {
            Event::Sent {
                endpoint,
                association,
                ..
            } if endpoint == of.endpoint
                && association.as_ref().is_none_or(|it| it == of.association) =>
            {
                Some(it.at)
            }
            _ => None,
        });
    let mut sends: Vec<Time> = sends.collect();
    sends.reverse();
    sends
}

/// The times at which HEARTBEATs were sent that are no probes of the MTU.
pub(super) fn heartbeats(of: &Of<'_>, timeline: &Timeline<'_>) -> Vec<Time> {
    let packets = timeline.packets_of(of.node, of.association);
    let sent = packets.filter(|packet| {
        let chunks = &packet.sctp.chunks;
        packet.captured.direction == Direction::Out
            && chunks.iter().any(|it| matches!(it, Chunk::Heartbeat(_)))
            && !is_mtu_probe(chunks)
    });
    sent.map(|packet| packet.captured.at).collect()
}

/// The TSNs that a FORWARD TSN skipped, because their chunks had been abandoned: each range is of
/// those after the first TSN, up to the second.
pub(super) fn skipped(of: &Of<'_>, timeline: &Timeline<'_>) -> Vec<(Tsn, Tsn)> {
    let mut skipped = Vec::new();
    let mut acknowledged = None;
    for packet in timeline.packets_of(of.node, of.association) {
        for chunk in &packet.sctp.chunks {
            let point = match (packet.captured.direction, chunk) {
                (Direction::In, Chunk::Sack(sack)) => {
                    acknowledged = Some(sack.cumulative_tsn_ack);
                    continue;
                }
                (Direction::Out, Chunk::ForwardTsn(forward)) => forward.new_cumulative_tsn,
                (Direction::Out, Chunk::IForwardTsn(forward)) => forward.new_cumulative_tsn,
                _ => continue,
            };
            let after = acknowledged.unwrap_or(Tsn(point.0.wrapping_sub(u32::MAX / 4)));
            skipped.push((after, point));
        }
    }
    skipped
}

/// Whether one of the sorted `moments` is the moment `at`.
pub(super) fn is_at(moments: &[Time], at: Time) -> bool {
    let from = moments.partition_point(|moment| *moment + MOMENT < at);
    moments
        .get(from)
        .is_some_and(|moment| *moment <= at + MOMENT)
}

/// Whether one of the sorted `moments` is close to `at`.
pub(super) fn is_near(moments: &[Time], at: Time) -> bool {
    const NEAR: Duration = Duration::from_millis(20);
    moments
        .iter()
        .any(|moment| *moment <= at + NEAR && at <= *moment + NEAR)
}
