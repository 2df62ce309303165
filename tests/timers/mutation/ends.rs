//! The two ends of an association, and the packets that the observer's timers caused.

use std::collections::BTreeSet;
use std::net::IpAddr;

use recording::{
    AssociationName, Direction, Event, Observation, Packet, PacketView, Recording, Time,
};
use scenario::{Expect, Expected, Scenario};
use wire::chunk::Sack;
use wire::frame::Frame;
use wire::{Chunk, Tsn};

use super::course::{MOMENT, Sent, Timer};

/// The two endpoints, by which the packets between them are known.
#[derive(Clone, Debug)]
pub(super) struct Ends {
    node: String,
    /// The association, by the observer's name of it.
    pub(super) association: AssociationName,
    port: u16,
    peer_port: u16,
    peer_addresses: Vec<IpAddr>,
}

/// A packet between the two ends, at the observer's node.
pub(super) struct Said {
    pub(super) at: Time,
    pub(super) is_out: bool,
    pub(super) source: IpAddr,
    pub(super) destination: IpAddr,
    pub(super) chunks: Vec<Chunk>,
}

/// The direction of a packet, or a sample of the path, which comes with the transmission
/// that changed it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    There,
    Back,
    Sample,
}

impl Ends {
    /// The ends of the association that the notification is about. A socket may have
    /// several associations, to hosts that share a link.
    pub(super) fn of(
        scenario: &Scenario,
        recording: &Recording,
        expect: &Expect,
        seen: &Observation,
    ) -> Option<Self> {
        let at = expect.at.as_str();
        let mut endpoints = scenario.endpoints.iter();
        let here = endpoints.find(|it| it.name.as_str() == at)?;
        let Event::Notification {
            association: Some(association),
            ..
        } = &seen.event
        else {
            return None;
        };
        let observations = recording.observations.iter();
        let known = observations.filter_map(|it| match &it.event {
            Event::AssociationBegun(end) | Event::AssociationUp(end) => Some(end),
            _ => None,
        });
        // The last event has all addresses of the peer.
        let mut known = known.filter(|it| it.endpoint == at && it.association == *association);
        let remote = &known.next_back()?.remote;
        let of_the_path = match &expect.what {
            Expected::Notification(pattern) => pattern.address,
            _ => None,
        };
        Some(Self {
            node: here.node.as_str().to_owned(),
            association: association.clone(),
            port: here.port?,
            peer_port: remote.port,
            peer_addresses: match of_the_path {
                Some(address) => vec![address],
                None => remote.addresses.clone(),
            },
        })
    }

    /// All packets between the two ends, at the observer's node.
    pub(super) fn said(&self, recording: &Recording) -> Vec<Said> {
        let packets = recording.packets.iter().filter_map(|packet| {
            let interface = recording.interfaces.get(packet.interface)?;
            let ((source, destination), sctp) =
                decoded(packet).filter(|_| interface.node == self.node)?;
            let is_out = packet.direction == Direction::Out;
            let ports = match is_out {
                true => (sctp.source_port, sctp.destination_port),
                false => (sctp.destination_port, sctp.source_port),
            };
            (ports == (self.port, self.peer_port)).then_some(Said {
                at: packet.at,
                is_out,
                source,
                destination,
                chunks: sctp.chunks,
            })
        });
        packets.collect()
    }

    /// Whether the peer's ABORT, SHUTDOWN ACK or SHUTDOWN COMPLETE came before the end.
    pub(super) fn is_answered(&self, said: &[Said], since: Time, end: Time) -> bool {
        let is_answer = |chunk: &Chunk| {
            matches!(
                chunk,
                Chunk::Abort(_) | Chunk::ShutdownAck(_) | Chunk::ShutdownComplete(_)
            )
        };
        said.iter().any(|it| {
            !it.is_out
                && (since..=end).contains(&it.at)
                && self.peer_addresses.contains(&it.source)
                && it.chunks.iter().any(is_answer)
        })
    }

    /// Whether a packet is one that the observer sent over this path, or an answer to it.
    pub(super) fn way_of(&self, packet: &Packet, address: IpAddr) -> Option<Way> {
        let ((source, destination), sctp) = decoded(packet)?;
        let ports = (sctp.source_port, sctp.destination_port);
        if destination == address && ports == (self.port, self.peer_port) {
            return Some(Way::There);
        }
        (source == address && ports == (self.peer_port, self.port)).then_some(Way::Back)
    }

    /// The transmissions to the failed addresses that a timer caused, and each sign of life
    /// of these addresses with its time: a HEARTBEAT ACK, or the acknowledgement of what
    /// was sent there last.
    pub(super) fn timer_driven(
        &self,
        said: &[Said],
        released: &[Time],
        until: Time,
    ) -> (Vec<Sent>, Vec<Sign>) {
        let mut unacknowledged: Vec<(Tsn, IpAddr)> = Vec::new();
        let mut known: BTreeSet<u32> = BTreeSet::new();
        // When DATA of the peer came last: a SHUTDOWN may answer it (RFC 9260 section 9.2).
        let mut data_came: Option<Time> = None;
        let (mut sent, mut signs) = (Vec::new(), Vec::new());
        for Said {
            at,
            is_out,
            source,
            destination,
            chunks,
        } in said.iter().take_while(|it| it.at <= until)
        {
            let (at, destination) = (*at, *destination);
            let mut by = None;
            for chunk in chunks {
                match chunk {
                    Chunk::HeartbeatAck(_) if !is_out => signs.push((*source, at)),
                    Chunk::Sack(sack) if !is_out => unacknowledged.retain(|(tsn, address)| {
                        let is_new = acknowledges(sack, *tsn);
                        signs.extend(is_new.then_some((*address, at)));
                        !is_new
                    }),
                    Chunk::Data(_) if !is_out => data_came = Some(at),
                    _ if !is_out => {}
                    Chunk::Data(data) => {
                        unacknowledged.retain(|(tsn, _)| *tsn != data.tsn);
                        unacknowledged.push((data.tsn, destination));
                        if !known.insert(data.tsn.0) {
                            let is_released = released
                                .iter()
                                .any(|it| *it <= at + MOMENT && at <= *it + MOMENT);
                            by = Some(match is_released {
                                true => Timer::Unclear,
                                false => Timer::Retransmission,
                            });
                        }
                    }
                    Chunk::Shutdown(_) if data_came.is_some_and(|came| at <= came + MOMENT) => {
                        by = Some(Timer::Unclear);
                    }
                    Chunk::Init(_) | Chunk::CookieEcho(_) | Chunk::Shutdown(_) => {
                        by = Some(Timer::Retransmission);
                    }
                    Chunk::Heartbeat(_) => by = by.or(Some(Timer::Heartbeat)),
                    _ => {}
                }
            }
            if let (true, Some(by)) = (self.peer_addresses.contains(&destination), by) {
                sent.push(Sent {
                    at,
                    address: destination,
                    by,
                });
            }
        }
        (sent, signs)
    }

    /// The times at which something besides a retransmission timer made the kernel send
    /// what it may: a HEARTBEAT, a packet that came in, or a message of the application.
    pub(super) fn released(&self, said: &[Said], recording: &Recording) -> Vec<Time> {
        let is_heartbeat = |chunk: &Chunk| matches!(chunk, Chunk::Heartbeat(_));
        let packets = said
            .iter()
            .filter(|it| !it.is_out || it.chunks.iter().any(is_heartbeat));
        let observations = recording.observations.iter();
        let messages = observations.filter_map(|it| match &it.event {
            Event::Sent { association, .. } if association.as_ref() == Some(&self.association) => {
                Some(it.at)
            }
            _ => None,
        });
        let mut all: Vec<Time> = packets.map(|it| it.at).chain(messages).collect();
        all.sort_unstable();
        all
    }
}

/// A sign of life of an address.
pub(super) type Sign = (IpAddr, Time);

pub(super) fn acknowledges(sack: &Sack, tsn: Tsn) -> bool {
    let distance = i64::from(tsn.offset_from(sack.cumulative_tsn_ack));
    let mut blocks = sack.gap_ack_blocks.iter();
    distance <= 0 || blocks.any(|it| (i64::from(it.start)..=i64::from(it.end)).contains(&distance))
}

type Pair = (IpAddr, IpAddr);

fn decoded(packet: &Packet) -> Option<(Pair, wire::Packet)> {
    let frame = Frame::decode(&packet.frame).ok()?;
    let sctp = wire::Packet::decode(packet.sctp().ok()?).ok()?;
    Some(((frame.source, frame.destination), sctp))
}
