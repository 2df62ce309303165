use recording::{Direction, MessageId};
use scenario::{EndpointName, Followed, Scenario};
use wire::Chunk;

use super::number::Number;
use super::timeline::{SctpPacket, Timeline};
use super::verdict::Judgement;

pub(crate) fn judge(scenario: &Scenario, timeline: &Timeline<'_>, wanted: &Followed) -> Judgement {
    let mut next = 0;
    let mut seen = Vec::new();
    let mut missing = None;
    for hop in wanted.through.windows(2) {
        let [from, to] = hop else { continue };
        let message = MessageId {
            sender: from.to_string(),
            step: wanted.step.to_string(),
            number: wanted.number,
        };
        for (endpoint, direction) in [(from, Direction::Out), (to, Direction::In)] {
            let place = node_of(scenario, endpoint).and_then(|node| {
                let mut later = timeline.packets.iter().enumerate().skip(next);
                later.find(|(_, packet)| {
                    packet.captured.direction == direction
                        && at_node(timeline, packet, node)
                        && carries(packet, &message)
                })
            });
            match place {
                Some((place, packet)) => {
                    next = place + 1;
                    seen.push(packet.index);
                }
                None => {
                    missing.get_or_insert(match direction {
                        Direction::Out => format!("{from} did not send it"),
                        Direction::In => format!("it did not arrive at {to}"),
                    });
                }
            }
        }
        if missing.is_some() {
            break;
        }
    }
    let words = match &missing {
        Some(missing) => format!("seen {} times; then {missing}", seen.len()),
        None => format!("seen {} times, in this order", seen.len()),
    };
    let mut judgement = Judgement::of(missing.is_none(), wanted.to_string(), words)
        .with([Number::count("seen", seen.len() as u64, "packets")]);
    if missing.is_some() {
        judgement.packets = seen;
    }
    judgement
}

fn node_of<'s>(scenario: &'s Scenario, endpoint: &EndpointName) -> Option<&'s str> {
    scenario
        .endpoint(endpoint)
        .map(|endpoint| endpoint.node.as_str())
}

fn at_node(timeline: &Timeline<'_>, packet: &SctpPacket<'_>, node: &str) -> bool {
    let interface = timeline.recording.interfaces.get(packet.captured.interface);
    interface.is_some_and(|interface| interface.node == node)
}

fn carries(packet: &SctpPacket<'_>, message: &MessageId) -> bool {
    packet.sctp.chunks.iter().any(|chunk| match chunk {
        Chunk::Data(data) => MessageId::parse(&data.payload).as_ref() == Some(message),
        Chunk::IData(data) => MessageId::parse(&data.payload).as_ref() == Some(message),
        _ => false,
    })
}
