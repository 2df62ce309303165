//! Judges the assertion `path-changes`: counts how often new data moved to another path.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use recording::Direction;
use scenario::PathChanges;
use wire::Chunk;

use super::Judge;
use crate::case::Case;
use crate::finding::Finding;
use crate::nearest::Nearest;
use crate::timeline::{SctpPacket, Timeline};

impl Judge for PathChanges {
    fn judge(&self, case: Case<'_>) -> Option<Finding> {
        let (from, to) = case.timeline.span(&self.window)?;
        let (mut seen, mut at) = (0, Vec::new());
        let mut others = Nearest::default();
        for change in changes(case.timeline, self) {
            let when = change.packet.captured.at;
            if when < from || when > to {
                continue;
            }
            let (old, new) = (change.old, change.packet.destination);
            if self.old.is_none_or(|it| it == old) && self.new.is_none_or(|it| it == new) {
                seen += 1;
                at.push(change.packet.index);
            } else {
                others.add(format!("{old} to {new}"), change.packet.index);
            }
        }
        at.truncate(3);
        Some(others.finding(seen, "changes", self.count).at(at))
    }

    fn is_about_the_wire(&self) -> bool {
        true
    }
}

/// A packet whose new data go to another path than the new data before it.
struct Change<'p> {
    old: IpAddr,
    packet: &'p SctpPacket<'p>,
}

/// The path of the new data in one direction of an association.
struct Flow<'p> {
    /// The node that sent the first of these packets. A router only forwards them.
    sender: Option<&'p str>,
    destination: IpAddr,
    sent: BTreeSet<u32>,
}

fn changes<'p>(timeline: &'p Timeline<'p>, wanted: &PathChanges) -> Vec<Change<'p>> {
    let mut flows: BTreeMap<u32, Flow<'p>> = BTreeMap::new();
    let mut changes = Vec::new();
    let packets = timeline.packets.iter();
    for packet in packets.filter(|it| it.captured.direction == Direction::Out) {
        let node = timeline.node_of(packet);
        let tag = packet.sctp.verification_tag.0;
        for tsn in packet.sctp.chunks.iter().filter_map(tsn) {
            let flow = flows.entry(tag).or_insert_with(|| Flow {
                sender: node,
                destination: packet.destination,
                sent: BTreeSet::new(),
            });
            if flow.sender != node || !flow.sent.insert(tsn) {
                continue;
            }
            let old = std::mem::replace(&mut flow.destination, packet.destination);
            let is_meant = wanted
                .from
                .as_ref()
                .is_none_or(|from| Some(from.as_str()) == node);
            if old != packet.destination && is_meant {
                changes.push(Change { old, packet });
            }
        }
    }
    changes
}

fn tsn(chunk: &Chunk) -> Option<u32> {
    match chunk {
        Chunk::Data(data) => Some(data.tsn.0),
        Chunk::IData(data) => Some(data.tsn.0),
        _ => None,
    }
}
