//! Causes of a lost message: the faults that took its transmissions, or why it was never
//! sent or read.

use std::collections::BTreeMap;

use recording::{Direction, MessageId};
use scenario::EndpointName;
use wire::Chunk;

use super::{ended, icmp, path};
use crate::case::Case;
use crate::timeline::SctpPacket;

/// Why a message never reached its receiver.
pub(crate) fn of_lost_message(case: Case<'_>, lost: &MessageId, to: &str) -> Option<String> {
    let until = case.timeline.recording.info.duration;
    let name = format!("{} {}", lost.step, lost.number);
    let ended = ended::of(case, &[lost.sender.as_str(), to], until);
    let receiver = case
        .scenario
        .endpoint(&EndpointName::new(to))?
        .node
        .as_str();
    let packets = case.timeline.packets.iter();
    let carrying: Vec<&SctpPacket<'_>> = packets.filter(|it| carries(it, lost)).collect();
    if carrying.is_empty() {
        let why = ended.unwrap_or_else(|| "the run ended".to_owned());
        return Some(format!("{name} was never sent; {why}"));
    }
    let arrived = carrying.iter().find(|packet| {
        packet.captured.direction == Direction::In
            && case.timeline.node_of(packet) == Some(receiver)
    });
    if let Some(packet) = arrived {
        let at = packet.captured.at;
        return too_big(case)
            .or(ended)
            .or_else(|| Some(format!("{name} arrived at {at}, and {to} never read it")));
    }
    let mut words = too_big(case).or_else(|| taken(&carrying, &name))?;
    // The alternate path to which data could not move.
    let used: Vec<_> = carrying.iter().map(|it| it.destination).collect();
    let sender = lost.sender.as_str();
    let other = path::never_confirmed(case, sender, until, |it| !used.contains(&it));
    for also in [other, ended].into_iter().flatten() {
        words.push_str("; ");
        words.push_str(&also);
    }
    Some(words)
}

/// The faults that took the transmissions of the message. `None` unless a fault took each
/// of them.
fn taken(carrying: &[&SctpPacket<'_>], name: &str) -> Option<String> {
    let mut takers: BTreeMap<&str, u64> = BTreeMap::new();
    let sent = carrying
        .iter()
        .filter(|packet| packet.captured.direction == Direction::Out);
    let mut untouched = 0;
    for packet in sent {
        match &packet.captured.fault {
            Some(fault) => *takers.entry(fault).or_default() += 1,
            None => untouched += 1,
        }
    }
    let shown: Vec<String> = takers
        .iter()
        .map(|(fault, count)| format!("{count} × {fault}"))
        .collect();
    (untouched == 0 && !takers.is_empty()).then(|| {
        let shown = shown.join(", ");
        format!("every transmission of {name} was taken: {shown}")
    })
}

/// The fault that took the ICMP messages about packets that were too big for a link, so
/// that the sender never received them.
fn too_big(case: Case<'_>) -> Option<String> {
    let packets = case.timeline.recording.packets.iter();
    let mut taken = packets.filter_map(|it| Some((it.fault.as_deref()?, icmp::too_big(it)?)));
    let (fault, mtu) = taken.next()?;
    let count = 1 + taken.filter(|(other, _)| *other == fault).count();
    Some(format!(
        "{count} × ICMP that a packet is too big for an MTU of {mtu} were {fault}: the sender \
         never learnt the MTU of the path"
    ))
}

fn carries(packet: &SctpPacket<'_>, message: &MessageId) -> bool {
    packet.sctp.chunks.iter().any(|chunk| match chunk {
        Chunk::Data(data) => MessageId::parse(&data.payload).as_ref() == Some(message),
        Chunk::IData(data) => MessageId::parse(&data.payload).as_ref() == Some(message),
        _ => false,
    })
}
