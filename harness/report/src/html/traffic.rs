//! The chunks of each association, counted, and its TSNs over time.

mod streams;
mod table;
mod thinned;
mod trips;
mod way;

use std::collections::BTreeMap;
use std::net::IpAddr;

use serde::Serialize;
use wire::chunk::{Data, IData};
use wire::{Chunk, ChunkType, Tsn};

use super::data::micros;
use crate::hosts::{Host, Hosts};
use crate::line::{Content, Line, PacketLine, What};
use crate::pairing::End;
use streams::Piece;
pub(super) use table::table;
use trips::Kind;
use way::{Sack, Way};

/// Greatest number of associations that are kept apart. Of further associations only the
/// packets are counted.
const TOLD: usize = 500;

/// Number of associations whose TSNs are drawn: the first that carry user data. Of as
/// many others the HEARTBEATs are timed.
const DRAWN: usize = 24;

/// All associations in the order of their first packets.
#[derive(Debug, Default)]
pub(super) struct Traffic {
    associations: Vec<Association>,
    by_key: BTreeMap<Key, usize>,
    drawn: usize,
    timed: usize,
    /// Number of packets of further associations.
    left_out: u64,
}

/// The key of an association: its number in the capture (0 if its beginning was not
/// captured), and host and port of both ends, the lesser first.
type Key = (usize, [(Host, u16); 2]);

#[derive(Debug)]
struct Association {
    number: usize,
    ends: [(Host, u16); 2],
    /// The chunks of each end.
    ways: [Way; 2],
    first: u64,
    last: u64,
    is_drawn: bool,
}

/// An association as the page's script draws it.
#[derive(Serialize)]
pub(super) struct Drawn<'a> {
    name: String,
    ways: Vec<DrawnWay<'a>>,
}

#[derive(Serialize)]
struct DrawnWay<'a> {
    from: String,
    to: String,
    #[serde(flatten)]
    way: &'a Way,
    streams: streams::Drawn<'a>,
    trips: trips::Drawn,
}

impl Traffic {
    /// Takes in a packet once: where routers forward it, at its original sender. `whose`
    /// gives the host of an address, where known.
    pub(super) fn take_in(&mut self, line: &Line, whose: impl Fn(IpAddr) -> Option<Host>) {
        let What::Packet(packet) = &line.what else {
            return;
        };
        let Content::Sctp {
            packet: partial,
            origin,
            again,
            ..
        } = &packet.content
        else {
            return;
        };
        let (from, to) = match packet.addresses {
            Some((source, destination)) => (
                whose(source).unwrap_or(packet.from),
                whose(destination).unwrap_or(packet.to),
            ),
            None => (packet.from, packet.to),
        };
        if from != packet.from {
            return;
        }
        let sctp = &partial.packet;
        let (sender, receiver) = ((from, sctp.source_port), (to, sctp.destination_port));
        let ends = if sender <= receiver {
            [sender, receiver]
        } else {
            [receiver, sender]
        };
        let side = usize::from(ends[0] != sender);
        let at = micros(line.at);
        let Some(association) = self.of((origin.association, ends), at) else {
            return;
        };
        let association = &mut self.associations[association];
        association.last = at;
        association.ways[side].packets += 1;
        let carries_data = packet.carries_data();
        if carries_data && !association.is_drawn && self.drawn < DRAWN {
            association.is_drawn = true;
            self.drawn += 1;
        }
        let asks = || packet.kinds().any(|it| it == ChunkType::Heartbeat);
        if !association.is_drawn && self.timed < DRAWN && asks() {
            association.is_drawn = true;
            self.timed += 1;
        }
        let is_drawn = association.is_drawn;
        for kind in packet.kinds() {
            association.ways[side].count(kind);
        }
        let arrived = arrival(packet);
        if let Some(arrived) = arrived.filter(|_| is_drawn) {
            let trips = &mut association.ways[side].trips;
            trips.took(Kind::OneWay, packet.link.0, at, arrived);
        }
        let answers = match packet.end {
            End::Lost | End::UnderWay => None,
            _ => Some(arrived.unwrap_or(at)),
        };
        for chunk in &sctp.chunks {
            if let Some((tsn, piece)) = user_data(chunk) {
                let again = again.iter().find(|it| it.tsn == tsn);
                association.ways[side].transmits(
                    &way::Data {
                        at,
                        tsn,
                        origin: origin.sender,
                        piece,
                        link: packet.link.0,
                        is_lost: packet.end == End::Lost,
                        arrived: arrived.or((packet.end == End::OutOfNowhere).then_some(at)),
                        again: again.map(|it| it.before.map(|link| link.0)),
                    },
                    is_drawn,
                );
                continue;
            }
            if let (Chunk::Heartbeat(it), true) = (chunk, is_drawn) {
                let trips = &mut association.ways[side].trips;
                trips.ask(&it.info, packet.link.0, at);
            }
            let Some(at) = answers.filter(|_| is_drawn) else {
                continue;
            };
            let other = &mut association.ways[1 - side];
            let origin = (origin.sender, origin.receiver);
            match chunk {
                Chunk::Sack(sack) => other.acknowledged(&Sack::new(at, sack, origin.1), true),
                Chunk::NrSack(it) => {
                    other.acknowledged(&Sack::new(at, &it.as_sack(), origin.1), true);
                }
                Chunk::Shutdown(it) => other.shut_down(it.cumulative_tsn_ack, origin.1, at),
                Chunk::HeartbeatAck(it) => other.trips.answer(&it.info, at),
                Chunk::ForwardTsn(it) => {
                    association.ways[side].abandon(it.new_cumulative_tsn, origin.0, at);
                }
                Chunk::IForwardTsn(it) => {
                    association.ways[side].abandon(it.new_cumulative_tsn, origin.0, at);
                }
                _ => {}
            }
        }
    }

    /// Ends the input.
    pub(super) fn end(&mut self) {
        let drawn = self.associations.iter_mut().filter(|it| it.is_drawn);
        for way in drawn.flat_map(|it| &mut it.ways) {
            way.streams.end();
        }
    }

    fn of(&mut self, key: Key, at: u64) -> Option<usize> {
        if let Some(place) = self.by_key.get(&key) {
            return Some(*place);
        }
        if self.associations.len() >= TOLD {
            self.left_out += 1;
            return None;
        }
        let place = self.associations.len();
        self.by_key.insert(key, place);
        let (number, ends) = key;
        self.associations.push(Association {
            number,
            ends,
            ways: Default::default(),
            first: at,
            last: at,
            is_drawn: false,
        });
        Some(place)
    }

    /// The associations whose TSNs are drawn.
    pub(super) fn drawn<'a>(&'a self, hosts: &'a Hosts) -> Vec<Drawn<'a>> {
        let all = self.associations.iter().filter(|it| it.is_drawn);
        let drawn = all.map(|it| {
            let ends = it.ends.map(|end| end_of(end, hosts));
            let ways = it.ways.iter().enumerate();
            let ways = ways.filter(|(_, way)| way.has_data() || !way.trips.is_empty());
            Drawn {
                name: name(it, hosts),
                ways: ways
                    .map(|(side, way)| DrawnWay {
                        from: ends[side].clone(),
                        to: ends[1 - side].clone(),
                        way,
                        streams: way.streams.drawn(),
                        trips: way.trips.drawn(),
                    })
                    .collect(),
            }
        });
        drawn.collect()
    }
}

/// The TSN of a chunk of user data, and the message that the chunk belongs to.
fn user_data(chunk: &Chunk) -> Option<(Tsn, Piece)> {
    match chunk {
        Chunk::Data(it) => Some((it.tsn, of_data(it))),
        Chunk::IData(it) => Some((it.tsn, of_i_data(it))),
        _ => None,
    }
}

fn of_data(it: &Data) -> Piece {
    // The receiver ignores the SSN of an unordered message (RFC 9260, section 3.3.1).
    let number = if it.unordered { 0 } else { it.ssn.0 };
    Piece {
        stream: it.stream.0,
        number: number.into(),
        next: number.wrapping_add(1).into(),
        unordered: it.unordered,
        begins: it.beginning,
        ends: it.ending,
        bytes: it.payload.len() as u64,
    }
}

fn of_i_data(it: &IData) -> Piece {
    Piece {
        stream: it.stream.0,
        number: it.mid.0,
        next: it.mid.0.wrapping_add(1),
        unordered: it.unordered,
        begins: it.ppid().is_some(),
        ends: it.ending,
        bytes: it.payload.len() as u64,
    }
}

fn arrival(packet: &PacketLine) -> Option<u64> {
    match packet.end {
        End::Arrived(at) => Some(micros(at)),
        _ => None,
    }
}

/// Name of an association, such as `#2 client:38412 ⇄ server:38412`.
fn name(it: &Association, hosts: &Hosts) -> String {
    let [one, other] = it.ends.map(|end| end_of(end, hosts));
    match it.number {
        0 => format!("{one} ⇄ {other}"),
        number => format!("#{number} {one} ⇄ {other}"),
    }
}

fn end_of((host, port): (Host, u16), hosts: &Hosts) -> String {
    format!("{}:{port}", hosts.name(host))
}

#[cfg(test)]
mod tests;
