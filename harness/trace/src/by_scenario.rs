//! A recording with the hosts, links and addresses of a scenario, made from a capture.

use std::collections::BTreeMap;
use std::net::IpAddr;

use bytes::Bytes;
use recording::{
    Direction, Event, Interface, Observation, Outcome, Packet, PacketView as _, Recording, Time,
};
use scenario::{NodeName, Scenario, StepName};
use wire::frame::Frame;

use super::chunks::chunks;
use super::copies::Copies;
use super::ends::Conversation;
use super::small::{BYTES, LIMIT, Room, recording, sent_and_received};
use super::{Capture, CaptureError};

/// The addresses of each node in a capture, in the order of the node's addresses in the
/// scenario.
pub type HostAddresses = BTreeMap<NodeName, Vec<IpAddr>>;

/// Makes a recording from the packets between a scenario's nodes in a capture. The
/// recording has the scenario's names and addresses.
///
/// `hosts` maps nodes to their addresses in the capture, where these are not the
/// scenario's. `moments` gives the ends of steps, which a capture does not show, counted
/// from the first packet between two nodes.
///
/// The link of a packet follows from its addresses: the link that has both, or else the
/// link that has the destination or the source.
///
/// # Errors
///
/// [`CaptureError::OtherHosts`], [`CaptureError::TooLong`], and damage.
pub fn by_scenario(
    capture: Capture,
    scenario: &Scenario,
    hosts: &HostAddresses,
    moments: &[(StepName, Time)],
) -> Result<Recording, CaptureError> {
    let network = Network::new(scenario, hosts);
    let mut copies = Copies::default();
    let mut start = None;
    let mut packets = Vec::new();
    let mut room = Room::new();
    let mut others: Vec<IpAddr> = Vec::new();
    let path = capture.path().to_owned();
    // Assertions are about packets as they were at each host.
    for captured in capture.as_captured().whole_packets() {
        let captured = captured?;
        let Ok(frame) = captured.frame() else {
            continue;
        };
        let Some((conversation, sctp)) = Conversation::of(&frame) else {
            continue;
        };
        let seen = captured.seen(&frame, conversation, sctp);
        if copies.has_seen(&seen) {
            continue;
        }
        let Some(interface) = network.sender(frame.source, frame.destination) else {
            for address in [frame.source, frame.destination] {
                if !others.contains(&address) && others.len() < OTHERS_SHOWN {
                    others.push(address);
                }
            }
            continue;
        };
        let start = *start.get_or_insert(captured.time_ns());
        let placed = Packet {
            at: Time::from_nanos(captured.time_ns().saturating_sub(start)),
            interface,
            direction: Direction::Out,
            frame: match network.renamed(&frame, sctp) {
                Some(renamed) => renamed,
                None => match in_ethernet(&captured, &frame, sctp) {
                    Some(frame) => frame,
                    None => continue,
                },
            },
            fault: None,
        };
        if !room.take(&placed.frame, chunks(sctp)) {
            return Err(CaptureError::TooLong {
                path,
                limit: LIMIT,
                bytes: BYTES,
            });
        }
        packets.extend(sent_and_received(placed));
    }
    if packets.is_empty() {
        return Err(CaptureError::OtherHosts { addresses: others });
    }
    let mut recording = recording(scenario.name.clone(), network.interfaces, packets);
    recording.observations = moments.iter().flat_map(step).collect();
    recording.observations.sort_by_key(|it| it.at);
    Ok(recording)
}

/// The packet in an Ethernet frame. A packet that came in a tunnel is taken out of it.
fn in_ethernet(captured: &super::Packet, frame: &Frame<'_>, sctp: &[u8]) -> Option<Bytes> {
    let as_it_came = captured.in_ethernet();
    let is_plain = |it: &Bytes| Frame::decode(it).is_ok_and(|it| it.sctp().is_some());
    as_it_came.filter(is_plain).or_else(|| {
        let mut envelope = frame.envelope();
        envelope.link.get_or_insert_default();
        envelope.encode_sctp(sctp).ok().map(Bytes::from)
    })
}

/// Greatest number of other addresses that are remembered for the error message.
const OTHERS_SHOWN: usize = 100;

/// The observations of a step whose time the user gave.
fn step((name, at): &(StepName, Time)) -> [Observation; 2] {
    let started = Event::StepStarted {
        step: name.to_string(),
        words: name.to_string(),
        acts: true,
    };
    let ended = Event::StepEnded {
        step: name.to_string(),
        outcome: Outcome::Done,
    };
    [started, ended].map(|event| Observation { at: *at, event })
}

/// The links of a scenario, found by address.
struct Network {
    /// The interfaces: both ends of each link follow each other.
    interfaces: Vec<Interface>,
    /// The addresses of each interface.
    addresses: Vec<Vec<IpAddr>>,
    /// The scenario's address for each address in the capture.
    names: BTreeMap<IpAddr, IpAddr>,
}

impl Network {
    fn new(scenario: &Scenario, hosts: &HostAddresses) -> Self {
        let mut network = Self {
            interfaces: Vec::new(),
            addresses: Vec::new(),
            names: BTreeMap::new(),
        };
        let mut by_node: BTreeMap<&NodeName, Vec<IpAddr>> = BTreeMap::new();
        for link in &scenario.links {
            for end in &link.ends {
                let addresses: Vec<IpAddr> = end.addresses.iter().map(|it| it.addr()).collect();
                network.interfaces.push(Interface {
                    node: end.node.to_string(),
                    link: link.name.to_string(),
                });
                by_node.entry(&end.node).or_default().extend(&addresses);
                network.addresses.push(addresses);
            }
        }
        for (node, captured) in hosts {
            let own = by_node.get(node).into_iter().flatten();
            network
                .names
                .extend(captured.iter().copied().zip(own.copied()));
        }
        network
    }

    fn name_of(&self, address: IpAddr) -> IpAddr {
        self.names.get(&address).copied().unwrap_or(address)
    }

    /// The interface that sends a packet with these addresses; `None` if either address
    /// belongs to no node.
    fn sender(&self, source: IpAddr, destination: IpAddr) -> Option<usize> {
        let source = self.interface_of(self.name_of(source))?;
        let destination = self.interface_of(self.name_of(destination))?;
        let sender = &self.interfaces[source].node;
        // The destination determines the link, if the sender has an end of it.
        let beside = destination ^ 1;
        match self.interfaces[beside].node == *sender {
            true => Some(beside),
            false => Some(source),
        }
    }

    fn interface_of(&self, address: IpAddr) -> Option<usize> {
        self.addresses.iter().position(|it| it.contains(&address))
    }

    /// The frame with the scenario's addresses; `None` if it has them already.
    fn renamed(&self, frame: &Frame<'_>, sctp: &[u8]) -> Option<Bytes> {
        let mut envelope = frame.envelope();
        envelope.source = self.name_of(frame.source);
        envelope.destination = self.name_of(frame.destination);
        if (envelope.source, envelope.destination) == (frame.source, frame.destination) {
            return None;
        }
        envelope.link.get_or_insert_default();
        envelope.encode_sctp(sctp).ok().map(Bytes::from)
    }
}
