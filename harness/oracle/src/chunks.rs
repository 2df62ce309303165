use std::collections::BTreeSet;

use recording::Direction;
use scenario::ChunkCount;
use wire::{Chunk, ChunkType};

use super::timeline::{SctpPacket, Timeline};
use super::verdict::Judgement;

/// `None` if the run never came to the window.
pub(crate) fn judge(timeline: &Timeline<'_>, wanted: &ChunkCount) -> Option<Judgement> {
    let (from, to) = timeline.span(&wanted.window)?;
    let kind: Option<ChunkType> = wanted.chunk.parse().ok();
    let mut transmitted = BTreeSet::new();
    let mut seen = 0;
    for packet in &timeline.packets {
        if packet.captured.direction != Direction::Out {
            continue;
        }
        for chunk in &packet.sctp.chunks {
            let first = transmitted.insert(transmission(packet, chunk));
            let counts = Some(chunk.kind()) == kind
                && (first || !wanted.new_only)
                && packet.captured.at >= from
                && packet.captured.at <= to
                && at_interface(timeline, packet, wanted);
            seen += u64::from(counts);
        }
    }
    Some(Judgement::of(
        wanted.count.allows(seen),
        scenario::Check::Chunks(wanted.clone()).to_string(),
        format!("{seen} seen"),
    ))
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

fn at_interface(timeline: &Timeline<'_>, packet: &SctpPacket<'_>, wanted: &ChunkCount) -> bool {
    let Some(interface) = timeline.recording.interfaces.get(packet.captured.interface) else {
        return false;
    };
    let sender = wanted.from.as_ref();
    let link = wanted.on.as_ref();
    sender.is_none_or(|node| node.as_str() == interface.node)
        && link.is_none_or(|link| link.as_str() == interface.link)
}
