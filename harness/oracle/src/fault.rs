use std::net::IpAddr;

use bounds::{Bound, Driver};
use recording::{Direction, Time};
use wire::{Chunk, Tsn};

use super::limit::Clock;
use super::timeline::{SctpPacket, Timeline};

/// The moment from which a sender's timers measure a fault, and which timer
/// that is.
pub(crate) struct Fault {
    pub(crate) driver: Driver,
    at: Time,
    words: Option<String>,
}

impl Fault {
    /// Data that was already on its way when the fault came, and whose SACK
    /// the fault took, has T3-rtx running since it was sent or since the last
    /// SACK, whichever is later (RFC 9260 section 6.3.2). Otherwise the first
    /// packet that is sent into the fault starts a timer.
    pub(crate) fn find(
        timeline: &Timeline<'_>,
        node: &str,
        to: Option<IpAddr>,
        since: Time,
    ) -> Fault {
        if let Some(at) = outstanding(timeline, node, to, since) {
            return Fault {
                driver: Driver::Data,
                at,
                words: Some(format!("the last sign of life, T3-rtx running since {at}")),
            };
        }
        let first = timeline
            .packets
            .iter()
            .filter(|packet| packet.captured.at >= since)
            .find(|packet| sent_by(timeline, packet, node) && goes_to(packet, to));
        let Some(first) = first else {
            return Fault {
                driver: Driver::Heartbeats,
                at: since,
                words: None,
            };
        };
        let at = first.captured.at;
        Fault {
            driver: if tsns(first).next().is_some() {
                Driver::Data
            } else {
                Driver::Heartbeats
            },
            at,
            words: Some(format!("the first lost packet at {at}")),
        }
    }

    pub(crate) fn clock(self, bound: Bound) -> Clock {
        Clock {
            from: self.at,
            words: self.words,
            bound,
        }
    }
}

/// Since when T3-rtx has been running for data that is not acknowledged.
fn outstanding(
    timeline: &Timeline<'_>,
    node: &str,
    to: Option<IpAddr>,
    until: Time,
) -> Option<Time> {
    let mut unacknowledged: Vec<Tsn> = Vec::new();
    let mut running_since = Time::ZERO;
    for packet in &timeline.packets {
        if packet.captured.at >= until {
            break;
        }
        if sent_by(timeline, packet, node) && goes_to(packet, to) {
            for tsn in tsns(packet) {
                if unacknowledged.is_empty() {
                    running_since = packet.captured.at;
                }
                unacknowledged.push(tsn);
            }
        }
        if packet.captured.direction == Direction::In && at_node(timeline, packet, node) {
            for chunk in &packet.sctp.chunks {
                if let Chunk::Sack(sack) = chunk {
                    let before = unacknowledged.len();
                    unacknowledged.retain(|tsn| sack.cumulative_tsn_ack.precedes(*tsn));
                    if unacknowledged.len() < before {
                        running_since = packet.captured.at;
                    }
                }
            }
        }
    }
    (!unacknowledged.is_empty()).then_some(running_since)
}

fn tsns<'a>(packet: &'a SctpPacket<'_>) -> impl Iterator<Item = Tsn> + 'a {
    packet.sctp.chunks.iter().filter_map(|chunk| match chunk {
        Chunk::Data(data) => Some(data.tsn),
        Chunk::IData(data) => Some(data.tsn),
        _ => None,
    })
}

fn sent_by(timeline: &Timeline<'_>, packet: &SctpPacket<'_>, node: &str) -> bool {
    packet.captured.direction == Direction::Out && at_node(timeline, packet, node)
}

fn at_node(timeline: &Timeline<'_>, packet: &SctpPacket<'_>, node: &str) -> bool {
    timeline
        .recording
        .interfaces
        .get(packet.captured.interface)
        .is_some_and(|interface| interface.node == node)
}

fn goes_to(packet: &SctpPacket<'_>, to: Option<IpAddr>) -> bool {
    to.is_none_or(|address| packet.destination == address)
}
