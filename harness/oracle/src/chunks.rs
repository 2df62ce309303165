use std::collections::BTreeSet;

use recording::Direction;
use scenario::ChunkCount;
use wire::Chunk;

use super::nearest::Nearest;
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
            let counts = chunk.kind() == wanted.chunk.kind
                && (first || !wanted.new_only)
                && packet.captured.at >= from
                && packet.captured.at <= to
                && at_interface(timeline, packet, wanted)
                && goes_between(packet, wanted)
                && is_bundled(packet, position, wanted);
            if counts && wanted.chunk.matches(chunk) {
                seen += 1;
            } else if counts {
                others.add(differing(wanted, chunk), packet.index);
            }
        }
    }
    let mut judgement = Judgement::of(
        wanted.count.allows(seen),
        scenario::Check::Chunks(wanted.clone()).to_string(),
        format!("{seen} seen{others}"),
    );
    if seen < wanted.count.least {
        judgement.packets = others.places();
    }
    Some(judgement)
}

/// What the fields say that should say something else.
fn differing(wanted: &ChunkCount, chunk: &Chunk) -> String {
    let tests = wanted.chunk.fields.iter();
    let differing = tests.filter(|test| !test.matches(chunk));
    let fields: Vec<String> = differing
        .filter_map(|test| chunk.field(test.field()))
        .map(|field| field.to_string())
        .collect();
    fields.join(", ")
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

fn goes_between(packet: &SctpPacket<'_>, wanted: &ChunkCount) -> bool {
    wanted.source.is_none_or(|address| address == packet.source)
        && wanted
            .destination
            .is_none_or(|address| address == packet.destination)
}

fn is_bundled(packet: &SctpPacket<'_>, position: usize, wanted: &ChunkCount) -> bool {
    let mut others = packet.sctp.chunks.iter().enumerate();
    wanted
        .bundled_with
        .is_none_or(|kind| others.any(|(index, other)| index != position && other.kind() == kind))
}
