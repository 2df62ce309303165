//! Judges the assertion `followed`: looks for a message at one node after the other.

use recording::{Direction, MessageId};
use scenario::{EndpointName, Followed, Scenario};
use wire::Chunk;

use super::Judge;
use crate::case::Case;
use crate::finding::Finding;
use crate::number::Number;
use crate::timeline::SctpPacket;

impl Judge for Followed {
    fn judge(&self, case: Case<'_>) -> Option<Finding> {
        let mut next = 0;
        let mut seen = Vec::new();
        let mut missing = None;
        for (endpoint, direction, message) in stations(self) {
            let place = node_of(case.scenario, endpoint).and_then(|node| {
                let mut later = case.timeline.packets.iter().enumerate().skip(next);
                later.find(|(_, packet)| {
                    packet.captured.direction == direction
                        && case.timeline.node_of(packet) == Some(node)
                        && carries(packet, &message)
                })
            });
            let Some((place, packet)) = place else {
                missing = Some(match direction {
                    Direction::Out => format!("{endpoint} did not send it"),
                    Direction::In => format!("it did not arrive at {endpoint}"),
                });
                break;
            };
            next = place + 1;
            seen.push(packet.index);
        }
        let words = match &missing {
            Some(missing) => format!("seen {} times; then {missing}", seen.len()),
            None => format!("seen {} times, in this order", seen.len()),
        };
        Some(
            Finding::new(missing.is_none(), words)
                .settled(missing.is_none())
                .with([Number::count("seen", seen.len() as u64, "packets")])
                .at(seen),
        )
    }

    fn is_about_the_wire(&self) -> bool {
        true
    }

    fn endpoints(&self) -> Vec<&str> {
        self.through.iter().map(EndpointName::as_str).collect()
    }
}

/// The places at which the message must be seen, in order.
fn stations(wanted: &Followed) -> impl Iterator<Item = (&EndpointName, Direction, MessageId)> {
    let hops = wanted.through.windows(2).filter_map(|hop| match hop {
        [from, to] => Some((from, to)),
        _ => None,
    });
    hops.flat_map(|(from, to)| {
        let message = MessageId {
            sender: from.to_string(),
            step: wanted.step.to_string(),
            number: wanted.number,
        };
        [
            (from, Direction::Out, message.clone()),
            (to, Direction::In, message),
        ]
    })
}

fn node_of<'s>(scenario: &'s Scenario, endpoint: &EndpointName) -> Option<&'s str> {
    scenario
        .endpoint(endpoint)
        .map(|endpoint| endpoint.node.as_str())
}

fn carries(packet: &SctpPacket<'_>, message: &MessageId) -> bool {
    packet.sctp.chunks.iter().any(|chunk| match chunk {
        Chunk::Data(data) => MessageId::parse(&data.payload).as_ref() == Some(message),
        Chunk::IData(data) => MessageId::parse(&data.payload).as_ref() == Some(message),
        _ => false,
    })
}
