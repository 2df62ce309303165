use std::collections::BTreeSet;

use recording::Direction;
use scenario::ChunkCount;
use wire::Chunk;

use super::nearest::Nearest;
use super::place::{differing, is_there};
use super::timeline::{SctpPacket, Timeline};
use super::verdict::Judgement;

/// `None` if the run never came to the window.
pub(crate) fn judge(timeline: &Timeline<'_>, wanted: &ChunkCount) -> Option<Judgement> {
    let (from, to) = timeline.span(&wanted.window)?;
    let mut transmitted = BTreeSet::new();
    let mut seen = 0;
    let mut others = Nearest::default();
    for packet in &timeline.packets {
        if packet.captured.direction != Direction::Out {
            continue;
        }
        for (position, chunk) in packet.sctp.chunks.iter().enumerate() {
            let first = transmitted.insert(transmission(packet, chunk));
            let counts = (first || !wanted.new_only)
                && packet.captured.at >= from
                && packet.captured.at <= to
                && is_there(timeline, packet, position, &wanted.chunk);
            if counts && wanted.chunk.pattern.matches(chunk) {
                seen += 1;
            } else if counts {
                others.add(differing(&wanted.chunk, chunk), packet.index);
            }
        }
    }
    let mut judgement = others.judgement(wanted.to_string(), (seen, "chunks"), wanted.count);
    if seen < wanted.count.least {
        judgement.packets = others.places();
    }
    Some(judgement)
}

/// What tells one chunk that carries data from its retransmissions; chunks
/// without a TSN are told apart by the packet they are in.
fn transmission(packet: &SctpPacket<'_>, chunk: &Chunk) -> (u32, u64) {
    let tag = packet.sctp.verification_tag.0;
    match chunk {
        Chunk::Data(data) => (tag, u64::from(data.tsn.0)),
        Chunk::IData(data) => (tag, u64::from(data.tsn.0)),
        _ => (tag, (1 << 32) + packet.index as u64),
    }
}
