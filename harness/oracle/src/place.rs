//! The place of a chunk: whether it left or arrived where an assertion wants it.

use recording::Direction;
use scenario::ChunkPlace;
use wire::Chunk;

use crate::timeline::{SctpPacket, Timeline};

/// Whether the chunk left or arrived at the wanted node, link and address. The fields of
/// the chunk are not compared here.
pub(crate) fn is_there(
    timeline: &Timeline<'_>,
    packet: &SctpPacket<'_>,
    position: usize,
    wanted: &ChunkPlace,
) -> bool {
    let kind = packet.sctp.chunks.get(position).map(Chunk::kind);
    let direction = match wanted.arrived_at {
        Some(_) => Direction::In,
        None => Direction::Out,
    };
    packet.captured.direction == direction
        && kind == Some(wanted.pattern.kind)
        && at_interface(timeline, packet, wanted)
        && goes_between(packet, wanted)
        && is_bundled(packet, position, wanted)
}

/// The fields of the chunk that differ from the wanted ones, in words.
pub(crate) fn differing(wanted: &ChunkPlace, chunk: &Chunk) -> String {
    let tests = wanted.pattern.fields.iter();
    let differing = tests.filter(|test| !test.matches(chunk));
    let fields: Vec<String> = differing
        .filter_map(|test| chunk.field(test.field()))
        .map(|field| field.to_string())
        .collect();
    fields.join(", ")
}

fn at_interface(timeline: &Timeline<'_>, packet: &SctpPacket<'_>, wanted: &ChunkPlace) -> bool {
    let Some(interface) = timeline.recording.interfaces.get(packet.captured.interface) else {
        return false;
    };
    let node = wanted.arrived_at.as_ref().or(wanted.from.as_ref());
    let link = wanted.on.as_ref();
    node.is_none_or(|node| node.as_str() == interface.node)
        && link.is_none_or(|link| link.as_str() == interface.link)
}

fn goes_between(packet: &SctpPacket<'_>, wanted: &ChunkPlace) -> bool {
    wanted.source.is_none_or(|address| address == packet.source)
        && wanted
            .destination
            .is_none_or(|address| address == packet.destination)
        && wanted.dscp.is_none_or(|dscp| dscp == packet.dscp)
}

fn is_bundled(packet: &SctpPacket<'_>, position: usize, wanted: &ChunkPlace) -> bool {
    let mut others = packet.sctp.chunks.iter().enumerate();
    wanted
        .bundled_with
        .is_none_or(|kind| others.any(|(index, other)| index != position && other.kind() == kind))
}
