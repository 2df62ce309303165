//! Data in flight, by the capture: sent and not yet acknowledged.

use std::collections::BTreeMap;
use std::net::IpAddr;

use recording::{Direction, PacketView as _, Recording, Time};
use scenario::Scenario;
use serde::Serialize;
use wire::chunk::Sack;
use wire::{Chunk, Tsn, VerificationTag};

use super::data::micros;

/// The data in flight of each endpoint, over time.
#[derive(Default, Serialize)]
pub(super) struct Flights {
    paths: Vec<PathFlight>,
    chunks: Vec<Unacknowledged>,
}

/// Bytes of user data in flight whose last transmission went to one address of the peer.
#[derive(Serialize)]
struct PathFlight {
    endpoint: String,
    address: IpAddr,
    samples: Vec<(u64, u64)>,
}

/// DATA chunks of an endpoint that are in flight, on any path.
#[derive(Serialize)]
struct Unacknowledged {
    endpoint: String,
    samples: Vec<(u64, u64)>,
}

/// A sender: its node and port, the receiver's port, and the receiver's node, if that is
/// known.
type Sender = (String, u16, u16, Option<String>);

pub(super) fn of(recording: &Recording, scenario: &Scenario) -> Flights {
    let nodes = nodes(scenario);
    let mut flows: BTreeMap<Sender, Flow> = BTreeMap::new();
    let mut curves = Curves::default();
    for packet in &recording.packets {
        let Some(interface) = recording.interfaces.get(packet.interface) else {
            continue;
        };
        let Ok(frame) = packet.frame() else { continue };
        let Some(sctp) = frame.sctp() else { continue };
        let Ok(partial) = wire::Packet::decode_lenient(&packet.keep(sctp)) else {
            continue;
        };
        let sctp = partial.packet;
        let is_sent = packet.direction == Direction::Out;
        // Packets that a router forwards are not in flight from the router.
        let (own, other) = match is_sent {
            true => (frame.source, frame.destination),
            false => (frame.destination, frame.source),
        };
        if nodes.get(&own).is_none_or(|node| *node != interface.node) {
            continue;
        }
        let (port, peer_port) = match is_sent {
            true => (sctp.source_port, sctp.destination_port),
            false => (sctp.destination_port, sctp.source_port),
        };
        let peer = nodes.get(&other).cloned();
        let sender = (interface.node.clone(), port, peer_port, peer);
        let flow = flows.entry(sender).or_default();
        for chunk in &sctp.chunks {
            match is_sent {
                true => flow.sends(chunk, frame.destination, sctp.verification_tag),
                false => flow.receives(chunk),
            }
        }
        let endpoint = endpoint(scenario, &interface.node, port);
        curves.note(packet.at, &endpoint, (port, peer_port), flow);
    }
    curves.into_flights()
}

/// The node of each address.
fn nodes(scenario: &Scenario) -> BTreeMap<IpAddr, String> {
    let ends = scenario.links.iter().flat_map(|link| &link.ends);
    let at_links = ends.flat_map(|end| {
        let addresses = end.addresses.iter();
        addresses.map(|net| (net.addr(), end.node.to_string()))
    });
    let added = scenario.steps.iter().filter_map(|step| match &step.action {
        scenario::Action::AddInterfaceAddress(it) => Some((it.address.addr(), it.node.to_string())),
        _ => None,
    });
    at_links.chain(added).collect()
}

/// The endpoint of a node with a port: the one that is bound to it, or else the one
/// whose port the kernel chooses.
fn endpoint(scenario: &Scenario, node: &str, port: u16) -> String {
    let on_node = || {
        let endpoints = scenario.endpoints.iter();
        endpoints.filter(|it| it.node.as_str() == node)
    };
    let bound = on_node().find(|it| it.port == Some(port));
    let mut chosen = on_node().filter(|it| it.port.is_none());
    match (bound, chosen.next(), chosen.next()) {
        (Some(it), _, _) | (None, Some(it), None) => it.name.to_string(),
        _ => format!("{node}, port {port}"),
    }
}

/// The DATA that one side of an association has sent.
#[derive(Default)]
struct Flow {
    tag: Option<VerificationTag>,
    first: Option<Tsn>,
    /// The unacknowledged chunks, by their distance from the first TSN. A chunk is removed
    /// by a cumulative TSN ack, by a FORWARD TSN, or at the end of the association.
    chunks: BTreeMap<i64, Sent>,
    /// The last cumulative TSN ack.
    acknowledged: Option<i64>,
}

struct Sent {
    to: IpAddr,
    bytes: u64,
    /// Whether a gap ack block has acknowledged the chunk, which a later SACK may
    /// withdraw (RFC 9260, section 6.2.1).
    is_in_gap: bool,
}

impl Flow {
    fn sends(&mut self, chunk: &Chunk, to: IpAddr, tag: VerificationTag) {
        let (tsn, bytes) = match chunk {
            Chunk::Data(data) => (data.tsn, data.payload.len()),
            Chunk::IData(data) => (data.tsn, data.payload.len()),
            // Abandoned chunks are no longer in flight (RFC 3758, section 3.5).
            Chunk::ForwardTsn(it) => return self.acknowledge(it.new_cumulative_tsn),
            Chunk::IForwardTsn(it) => return self.acknowledge(it.new_cumulative_tsn),
            Chunk::Abort(_) | Chunk::ShutdownComplete(_) => return self.chunks.clear(),
            _ => return,
        };
        if self.tag != Some(tag) {
            // A new association between the same ports.
            *self = Self {
                tag: Some(tag),
                ..Self::default()
            };
        }
        let place = self.place(tsn);
        if self.acknowledged.is_some_and(|it| place <= it) {
            return;
        }
        let bytes = bytes as u64;
        let sent = self.chunks.entry(place).or_insert(Sent {
            to,
            bytes,
            is_in_gap: false,
        });
        // A retransmitted chunk is in flight on the path of its last transmission.
        sent.to = to;
    }

    fn receives(&mut self, chunk: &Chunk) {
        match chunk {
            Chunk::Sack(sack) => self.take_in(sack),
            Chunk::NrSack(it) => self.take_in(&it.as_sack()),
            Chunk::Shutdown(it) => self.acknowledge(it.cumulative_tsn_ack),
            Chunk::Abort(_) | Chunk::ShutdownComplete(_) | Chunk::ShutdownAck(_) => {
                self.chunks.clear();
            }
            _ => {}
        }
    }

    /// Follows a SACK (RFC 9260, section 6.2.1).
    fn take_in(&mut self, sack: &Sack) {
        if self.first.is_none() {
            return;
        }
        let place = self.place(sack.cumulative_tsn_ack);
        if self.acknowledged.is_some_and(|it| place < it) {
            // The SACK was overtaken by a later one.
            return;
        }
        self.acknowledge(sack.cumulative_tsn_ack);
        for (at, sent) in &mut self.chunks {
            let offset = at - place;
            let mut blocks = sack.gap_ack_blocks.iter();
            sent.is_in_gap =
                blocks.any(|it| (i64::from(it.start)..=i64::from(it.end)).contains(&offset));
        }
    }

    fn acknowledge(&mut self, cumulative: Tsn) {
        if self.first.is_none() {
            return;
        }
        let place = self.place(cumulative);
        if self.acknowledged.is_none_or(|it| place > it) {
            self.acknowledged = Some(place);
            self.chunks = self.chunks.split_off(&(place + 1));
        }
    }

    fn place(&mut self, tsn: Tsn) -> i64 {
        let first = *self.first.get_or_insert(tsn);
        tsn.offset_from(first).into()
    }

    /// The bytes in flight by the peer's address, and the number of chunks.
    fn outstanding(&self) -> (BTreeMap<IpAddr, u64>, u64) {
        let mut bytes: BTreeMap<IpAddr, u64> = BTreeMap::new();
        let mut chunks = 0;
        for sent in self.chunks.values().filter(|it| !it.is_in_gap) {
            *bytes.entry(sent.to).or_default() += sent.bytes;
            chunks += 1;
        }
        (bytes, chunks)
    }
}

/// The curves of one run, while they are built.
#[derive(Default)]
struct Curves {
    /// The current data in flight of each association, by endpoint.
    now: BTreeMap<String, BTreeMap<(u16, u16), Outstanding>>,
    paths: BTreeMap<(String, IpAddr), Vec<(u64, u64)>>,
    chunks: BTreeMap<String, Vec<(u64, u64)>>,
}

type Outstanding = (BTreeMap<IpAddr, u64>, u64);

impl Curves {
    fn note(&mut self, at: Time, endpoint: &str, association: (u16, u16), flow: &Flow) {
        let t = micros(at);
        let all = self.now.entry(endpoint.to_owned()).or_default();
        all.insert(association, flow.outstanding());
        let mut bytes: BTreeMap<IpAddr, u64> = BTreeMap::new();
        for (address, sum) in all.values().flat_map(|(bytes, _)| bytes) {
            *bytes.entry(*address).or_default() += sum;
        }
        let known = self.paths.keys().filter(|(name, _)| name == endpoint);
        for (_, address) in known {
            bytes.entry(*address).or_default();
        }
        for (address, sum) in bytes {
            let curve = self.paths.entry((endpoint.to_owned(), address));
            add(curve.or_default(), t, sum);
        }
        let chunks = all.values().map(|(_, chunks)| chunks).sum();
        add(
            self.chunks.entry(endpoint.to_owned()).or_default(),
            t,
            chunks,
        );
    }

    fn into_flights(self) -> Flights {
        let paths = self.paths.into_iter();
        let chunks = self.chunks.into_iter();
        Flights {
            paths: paths
                .map(|((endpoint, address), samples)| PathFlight {
                    endpoint,
                    address,
                    samples,
                })
                .collect(),
            chunks: chunks
                .filter(|(_, samples)| samples.iter().any(|(_, count)| *count > 0))
                .map(|(endpoint, samples)| Unacknowledged { endpoint, samples })
                .collect(),
        }
    }
}

/// Adds a point to a curve if its value differs from the last one.
fn add(curve: &mut Vec<(u64, u64)>, t: u64, value: u64) {
    if curve.last().is_none_or(|(_, last)| *last != value) {
        curve.push((t, value));
    }
}
