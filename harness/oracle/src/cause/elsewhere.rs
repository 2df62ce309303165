//! Causes of missing chunks: the chunks were elsewhere, were taken by a fault, or could
//! not be sent there.

use std::collections::BTreeMap;

use scenario::{ChunkCount, ChunkPlace, Window};

use super::path;
use crate::case::Case;
use crate::place::is_there;
use crate::timeline::SctpPacket;

/// Where the missing chunks were instead: on another link, sent to another address, or
/// taken by a fault before they arrived. Or the reason why no chunk could be there.
pub(super) fn of(case: Case<'_>, wanted: &ChunkCount) -> Option<String> {
    if wanted.count.least == 0 {
        return None;
    }
    taken(case, wanted)
        .or_else(|| unconfirmed(case, wanted))
        .or_else(|| moved(case, wanted))
}

/// Chunks that were sent to the node at which they were expected, and were taken by a
/// fault.
fn taken(case: Case<'_>, wanted: &ChunkCount) -> Option<String> {
    wanted.chunk.arrived_at.as_ref()?;
    let place = ChunkPlace {
        arrived_at: None,
        ..wanted.chunk.clone()
    };
    let mut takers: BTreeMap<&str, u64> = BTreeMap::new();
    for packet in matching(case, wanted, &place) {
        if let Some(fault) = &packet.captured.fault {
            *takers.entry(fault).or_default() += 1;
        }
    }
    let (fault, count) = takers.into_iter().max_by_key(|(_, count)| *count)?;
    Some(format!("{count} of them were {fault}"))
}

/// Names the alternate path to which data were expected to move, if that path is still
/// unconfirmed.
fn unconfirmed(case: Case<'_>, wanted: &ChunkCount) -> Option<String> {
    // Only user data wait for the confirmation of a path: a HEARTBEAT may be sent there.
    wanted.chunk.pattern.kind.field("tsn")?;
    let (_, until) = case.timeline.span(&wanted.window)?;
    let chunk = &wanted.chunk;
    let on = chunk.on.as_ref();
    let link = on.and_then(|on| case.scenario.links.iter().find(|it| it.name == *on));
    let is_meant = |address| match (chunk.destination, link) {
        (Some(wanted), _) => address == wanted,
        (None, Some(link)) => link.has_address(address),
        (None, None) => false,
    };
    let endpoints = case.scenario.endpoints.iter();
    let mut senders = endpoints.filter(|it| chunk.from.as_ref().is_none_or(|on| *on == it.node));
    senders.find_map(|it| path::never_confirmed(case, it.name.as_str(), until, is_meant))
}

/// Chunks that match in everything but one detail of their place.
fn moved(case: Case<'_>, wanted: &ChunkCount) -> Option<String> {
    let chunk = &wanted.chunk;
    let on = chunk.on.is_some().then(|| ChunkPlace {
        on: None,
        ..chunk.clone()
    });
    let source = chunk.source.is_some().then(|| ChunkPlace {
        source: None,
        ..chunk.clone()
    });
    let destination = chunk.destination.is_some().then(|| ChunkPlace {
        destination: None,
        ..chunk.clone()
    });
    let dscp = chunk.dscp.is_some().then(|| ChunkPlace {
        dscp: None,
        ..chunk.clone()
    });
    let link = |packet: &SctpPacket<'_>| {
        let interfaces = &case.timeline.recording.interfaces;
        let interface = interfaces.get(packet.captured.interface)?;
        Some(format!("on {}", interface.link))
    };
    let from = |packet: &SctpPacket<'_>| Some(format!("from {}", packet.source));
    let to = |packet: &SctpPacket<'_>| Some(format!("to {}", packet.destination));
    let with = |packet: &SctpPacket<'_>| Some(format!("with dscp {}", packet.dscp));
    let by = |place: Option<ChunkPlace>, words: &dyn Fn(&SctpPacket<'_>) -> Option<String>| {
        let mut places: BTreeMap<String, u64> = BTreeMap::new();
        for packet in matching(case, wanted, &place?) {
            if let Some(words) = words(packet) {
                *places.entry(words).or_default() += 1;
            }
        }
        let (words, count) = places.into_iter().max_by_key(|(_, count)| *count)?;
        Some(format!("{count} × {} went {words} instead", chunk.pattern))
    };
    // A chunk that matches entirely is not a misplaced one. A HEARTBEAT on another path
    // is a misplaced one only where this path never had a HEARTBEAT.
    let is_control = chunk.pattern.kind.field("tsn").is_none();
    let anywhen = ChunkCount {
        window: Window::default(),
        ..wanted.clone()
    };
    let window = if is_control { &anywhen } else { wanted };
    if matching(case, window, chunk).next().is_some() {
        return None;
    }
    by(on, &link)
        .or_else(|| by(source, &from))
        .or_else(|| by(destination, &to))
        .or_else(|| by(dscp, &with))
}

fn matching<'t>(
    case: Case<'t>,
    wanted: &ChunkCount,
    place: &ChunkPlace,
) -> impl Iterator<Item = &'t SctpPacket<'t>> {
    let span = case.timeline.span(&wanted.window);
    let packets = case.timeline.packets.iter().filter(move |packet| {
        span.is_some_and(|(from, to)| packet.captured.at >= from && packet.captured.at <= to)
    });
    packets.filter(move |packet| {
        let mut chunks = packet.sctp.chunks.iter().enumerate();
        chunks.any(|(position, chunk)| {
            is_there(case.timeline, packet, position, place) && place.pattern.matches(chunk)
        })
    })
}
