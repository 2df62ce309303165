//! Converts the frames of the network layer to those of a recording.

use net::{SeenFrame, Way};
use recording::{Direction, Interface, Packet};

use super::clock::Clock;

pub(crate) fn interfaces(interfaces: &[net::Interface]) -> Vec<Interface> {
    interfaces
        .iter()
        .map(|interface| Interface {
            node: interface.node.to_string(),
            link: interface.link.to_string(),
        })
        .collect()
}

pub(crate) fn packets(
    records: Vec<SeenFrame>,
    interfaces: &[Interface],
    clock: Clock,
) -> Vec<Packet> {
    let place = |node: &str, link: &str| {
        interfaces
            .iter()
            .position(|interface| interface.node == node && interface.link == link)
    };
    records
        .into_iter()
        .filter_map(|record| {
            Some(Packet {
                at: clock.at(record.at),
                interface: place(&record.node, &record.link)?,
                direction: match record.way {
                    Way::In => Direction::In,
                    Way::Out => Direction::Out,
                },
                frame: record.bytes.into(),
                fault: record.fault.map(|fault| fault.to_string()),
            })
        })
        .collect()
}
