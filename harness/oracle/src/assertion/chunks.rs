//! Judges the assertion `chunks`: counts chunks, and tells the first transmission of a
//! TSN from later ones.

use std::collections::BTreeSet;

use scenario::{ChunkCount, Transmission};
use wire::Chunk;

use super::Judge;
use crate::case::Case;
use crate::finding::Finding;
use crate::nearest::Nearest;
use crate::place::{differing, is_there};
use crate::timeline::{SctpPacket, Timeline};

impl Judge for ChunkCount {
    fn judge(&self, case: Case<'_>) -> Option<Finding> {
        let timeline = case.timeline;
        let (from, to) = timeline.span(&self.window)?;
        let mut transmitted = BTreeSet::new();
        let mut seen = 0;
        let mut others = Nearest::default();
        for packet in &timeline.packets {
            for (position, chunk) in packet.sctp.chunks.iter().enumerate() {
                let mut first = || transmitted.insert(transmission(timeline, packet, chunk));
                let is_meant = match self.transmission {
                    Transmission::Any => true,
                    Transmission::First => first(),
                    Transmission::Again => !first(),
                };
                let counts = is_meant
                    && packet.captured.at >= from
                    && packet.captured.at <= to
                    && is_there(timeline, packet, position, &self.chunk);
                if counts && self.chunk.pattern.matches(chunk) {
                    seen += 1;
                } else if counts {
                    others.add(differing(&self.chunk, chunk), packet.index);
                }
            }
        }
        let finding = others.finding(seen, "chunks", self.count);
        let at = if finding.is_short() {
            others.places()
        } else {
            Vec::new()
        };
        Some(finding.at(at))
    }

    fn is_about_the_wire(&self) -> bool {
        true
    }
}

/// The key that a chunk shares with its retransmissions, as one end of one cable sees
/// them. A chunk without a TSN is identified by its packet.
fn transmission<'a>(
    timeline: &Timeline<'a>,
    packet: &SctpPacket<'a>,
    chunk: &Chunk,
) -> (Option<&'a str>, bool, u32, u64) {
    let tag = packet.sctp.verification_tag.0;
    let tsn = match chunk {
        Chunk::Data(data) => u64::from(data.tsn.0),
        Chunk::IData(data) => u64::from(data.tsn.0),
        _ => (1 << 32) + packet.index as u64,
    };
    let is_out = packet.captured.direction == recording::Direction::Out;
    (timeline.node_of(packet), is_out, tag, tsn)
}
