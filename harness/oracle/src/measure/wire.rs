//! Measures of packets: retransmissions, and bytes on the links.

use std::collections::{BTreeMap, BTreeSet};

use recording::Direction;
use scenario::{BytesOnWire, LinkName, NodeName, Retransmissions, Window};
use wire::Chunk;

use super::WHOLE;
use crate::number::Number;
use crate::timeline::{SctpPacket, Timeline};

/// The key of a chunk of user data: the verification tag of its receiver, and its TSN.
type Data = (u32, u32);

/// The DATA that a node retransmitted, and how much of it was spurious.
pub(super) fn retransmissions(
    timeline: &Timeline<'_>,
    wanted: &Retransmissions,
) -> Option<Vec<Number>> {
    let span = timeline.span(&wanted.window)?;
    let mut seen: BTreeSet<Data> = BTreeSet::new();
    let mut again: BTreeMap<Data, u64> = BTreeMap::new();
    let mut arrived: BTreeMap<Data, u64> = BTreeMap::new();
    let routers = routers(timeline, &wanted.from);
    for packet in &timeline.packets {
        let node = timeline.node_of(packet).unwrap_or_default();
        let is_of_node = node == wanted.from.as_str();
        let at = packet.captured.at;
        for data in data_in(packet) {
            match packet.captured.direction {
                Direction::Out if is_of_node => {
                    let is_new = seen.insert(data);
                    let is_meant = is_on(timeline, packet, wanted.on.as_ref());
                    if !is_new && is_meant && span.0 <= at && at <= span.1 {
                        *again.entry(data).or_default() += 1;
                    }
                }
                Direction::In if !is_of_node && !routers.contains(node) => {
                    *arrived.entry(data).or_default() += 1;
                }
                _ => {}
            }
        }
    }
    // The receiver needed one copy. All further copies that arrived were spurious.
    let spurious = again.iter().map(|(data, copies)| {
        let arrived = arrived.get(data).copied().unwrap_or_default();
        (*copies).min(arrived.saturating_sub(1))
    });
    let unit = "chunks";
    Some(vec![
        Number::count("all", again.values().sum(), unit),
        Number::count("spurious", spurious.sum(), unit),
    ])
}

/// The nodes that forward the packets of a node: the same user data leave them, too.
fn routers<'t>(timeline: &'t Timeline<'_>, sender: &NodeName) -> BTreeSet<&'t str> {
    let sent = |packet: &&SctpPacket<'_>| packet.captured.direction == Direction::Out;
    let by_sender = |packet: &&SctpPacket<'_>| timeline.node_of(packet) == Some(sender.as_str());
    let packets = timeline.packets.iter().filter(sent);
    let (own, others): (Vec<_>, Vec<_>) = packets.partition(by_sender);
    let own: BTreeSet<Data> = own.into_iter().flat_map(data_in).collect();
    let forwards = |packet: &&SctpPacket<'_>| data_in(packet).any(|data| own.contains(&data));
    let others = others.into_iter().filter(forwards);
    others
        .filter_map(|packet| timeline.node_of(packet))
        .collect()
}

/// The bytes of SCTP packets that a node sent.
pub(super) fn bytes(timeline: &Timeline<'_>, wanted: &BytesOnWire) -> Option<Vec<Number>> {
    let sent = sent_by(timeline, &wanted.from, wanted.on.as_ref(), &wanted.window)?;
    let bytes = sent.map(|packet| packet.sctp.encode().len() as u64);
    Some(vec![Number::count(WHOLE, bytes.sum(), "bytes")])
}

fn sent_by<'t, 'a>(
    timeline: &'t Timeline<'a>,
    from: &'t NodeName,
    on: Option<&'t LinkName>,
    window: &Window,
) -> Option<impl Iterator<Item = &'t SctpPacket<'a>>> {
    let (start, end) = timeline.span(window)?;
    Some(timeline.packets.iter().filter(move |packet| {
        let at = packet.captured.at;
        packet.captured.direction == Direction::Out
            && timeline.node_of(packet) == Some(from.as_str())
            && is_on(timeline, packet, on)
            && start <= at
            && at <= end
    }))
}

fn is_on(timeline: &Timeline<'_>, packet: &SctpPacket<'_>, on: Option<&LinkName>) -> bool {
    let interface = timeline.recording.interfaces.get(packet.captured.interface);
    on.is_none_or(|link| interface.is_some_and(|it| it.link == link.as_str()))
}

fn data_in(packet: &SctpPacket<'_>) -> impl Iterator<Item = Data> {
    let tag = packet.sctp.verification_tag.0;
    packet
        .sctp
        .chunks
        .iter()
        .filter_map(move |chunk| match chunk {
            Chunk::Data(data) => Some((tag, data.tsn.0)),
            Chunk::IData(data) => Some((tag, data.tsn.0)),
            _ => None,
        })
}
