//! What each association sent, and when: chunks counted, TSNs over time.

mod table;
mod way;

use std::collections::BTreeMap;
use std::net::IpAddr;

use serde::Serialize;
use wire::Chunk;

use super::data::micros;
use crate::hosts::{Host, Hosts};
use crate::line::{Content, Line, PacketLine, What};
use crate::pairing::End;
pub(super) use table::table;
use way::{Sack, Way};

/// So many associations are told apart. Of further ones the packets are counted.
const TOLD: usize = 500;

/// Of so many the TSNs are drawn: the first ones that carry user data.
const DRAWN: usize = 24;

/// All associations, in the order in which they were seen.
#[derive(Debug, Default)]
pub(super) struct Traffic {
    associations: Vec<Association>,
    by_key: BTreeMap<Key, usize>,
    drawn: usize,
    /// Packets of further associations.
    left_out: u64,
}

/// The association's number in the capture, 0 where its beginning was not seen, and
/// the host and port of either end, the lesser first.
type Key = (usize, [(Host, u16); 2]);

#[derive(Debug)]
struct Association {
    number: usize,
    ends: [(Host, u16); 2],
    /// What each end sent.
    ways: [Way; 2],
    first: u64,
    last: u64,
    is_drawn: bool,
}

/// Associations as the page's script draws them.
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
}

impl Traffic {
    /// Takes in a packet, once: where routers pass it on, as its sender sent it. `whose`
    /// tells the host of an address, where that is known.
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
        let is_drawn = association.is_drawn;
        let arrived = arrival(packet).unwrap_or(at);
        for kind in packet.kinds() {
            association.ways[side].count(kind);
        }
        for chunk in &sctp.chunks {
            let (tsn, bytes) = match chunk {
                Chunk::Data(data) => (data.tsn, data.payload.len()),
                Chunk::IData(data) => (data.tsn, data.payload.len()),
                Chunk::Sack(sack) => {
                    let sack = Sack::new(arrived, sack, origin.receiver);
                    association.ways[1 - side].acknowledged(&sack, is_drawn);
                    continue;
                }
                _ => continue,
            };
            let again = again.iter().find(|it| it.tsn == tsn);
            association.ways[side].transmits(
                &way::Data {
                    at,
                    tsn,
                    origin: origin.sender,
                    bytes: bytes as u64,
                    link: packet.link.0,
                    is_lost: packet.end == End::Lost,
                    again: again.map(|it| it.before.map(|link| link.0)),
                },
                is_drawn,
            );
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

    /// Those whose TSNs are drawn.
    pub(super) fn drawn<'a>(&'a self, hosts: &'a Hosts) -> Vec<Drawn<'a>> {
        let all = self.associations.iter().filter(|it| it.is_drawn);
        let drawn = all.map(|it| {
            let ends = it.ends.map(|end| end_of(end, hosts));
            let ways = it.ways.iter().enumerate();
            let ways = ways.filter(|(_, way)| way.has_data());
            Drawn {
                name: name(it, hosts),
                ways: ways
                    .map(|(side, way)| DrawnWay {
                        from: ends[side].clone(),
                        to: ends[1 - side].clone(),
                        way,
                    })
                    .collect(),
            }
        });
        drawn.collect()
    }
}

fn arrival(packet: &PacketLine) -> Option<u64> {
    match packet.end {
        End::Arrived(at) => Some(micros(at)),
        _ => None,
    }
}

/// As in `#2 client:38412 ⇄ server:38412`.
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
