//! The associations of a capture, learnt from its packets: which host chose a
//! verification tag, and the initial TSNs.

use std::collections::{BTreeMap, VecDeque};
use std::net::IpAddr;
use std::rc::Rc;

use wire::chunk::{Init, InitAck};
use wire::{Chunk, ChunkType, Glance, Packet, Parameter, Tsn, VerificationTag};

use crate::hosts::{Host, Link};
use crate::outstanding::{Again, Outstanding};

/// Number of verification tags that are remembered. Of more tags, the oldest are
/// forgotten.
const REMEMBERED: usize = 4096;

/// The origin of the relative numbers in one packet, from the INIT and INIT ACK of its
/// association.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// Initial TSN of the packet's sender. TSNs of DATA are counted from it.
    pub sender: Option<Tsn>,
    /// Initial TSN of the packet's receiver. TSNs of SACK and SHUTDOWN are counted from
    /// it.
    pub receiver: Option<Tsn>,
    /// The host that chose the packet's verification tag.
    pub tag_of: Option<Host>,
    /// Number of the packet's association in the capture, from 1; 0 if its beginning was
    /// not captured.
    pub association: usize,
}

/// All flows of a capture. A flow is one direction of an association: all packets with
/// one verification tag between two ports.
#[derive(Debug, Default)]
pub(crate) struct Flows {
    /// Whether packets are seen between end hosts, and not from router to router. In that
    /// case the key of a flow has both hosts, too, since tags that are not random may
    /// occur elsewhere.
    end_to_end: bool,
    by_key: BTreeMap<Key, Flow>,
    in_order: VecDeque<Key>,
    associations: usize,
    /// The INITs that no COOKIE ECHO has answered yet, by the key of the packets that
    /// answer them, with the address to which each INIT went.
    calling: BTreeMap<Key, IpAddr>,
}

/// The key that all packets of a flow share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key {
    tag: u32,
    ports: (u16, u16),
    hosts: Option<(Host, Host)>,
}

impl Key {
    /// The key of the opposite direction, which has this tag.
    fn back(self, tag: VerificationTag) -> Self {
        Self {
            tag: tag.0,
            ports: (self.ports.1, self.ports.0),
            hosts: self.hosts.map(|(from, to)| (to, from)),
        }
    }
}

/// The link and direction of a packet.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Way {
    pub(crate) from: Host,
    pub(crate) to: Host,
    pub(crate) link: Link,
    /// Source and destination address, where known.
    pub(crate) addresses: Option<(IpAddr, IpAddr)>,
}

#[derive(Debug, Default)]
struct Flow {
    /// Shared by the many packets that come between the few packets that change the origin.
    origin: Rc<Origin>,
    /// The flow of the opposite direction.
    reverse: Option<Key>,
    /// Whether the cookie was echoed. A later INIT ACK belongs to another association, or
    /// to none.
    is_up: bool,
    /// The first host that sent DATA of the flow. Other hosts forward it.
    sender: Option<Host>,
    outstanding: Outstanding,
}

impl Flows {
    pub(crate) fn new(end_to_end: bool) -> Self {
        Self {
            end_to_end,
            ..Self::default()
        }
    }

    /// The key of the flow with this tag and these ports.
    pub(crate) fn key(&self, tag: VerificationTag, ports: (u16, u16), way: Way) -> Key {
        Key {
            tag: tag.0,
            ports,
            hosts: self.end_to_end.then_some((way.from, way.to)),
        }
    }

    /// Learns from a packet. Returns the origin of its numbers, and its TSNs that were
    /// sent before.
    pub(crate) fn take_in(&mut self, packet: &Packet, way: Way) -> (Origin, Vec<Again>) {
        let ports = (packet.source_port, packet.destination_port);
        let key = self.key(packet.verification_tag, ports, way);
        let mut again = Vec::new();
        let mut association = None;
        for chunk in &packet.chunks {
            match chunk {
                Chunk::Init(init) => association = Some(self.begin(key, init, way)),
                Chunk::InitAck(ack) => self.answer(key, ack, way.from),
                Chunk::CookieEcho(_) => self.join(key),
                Chunk::Data(data) => again.extend(self.transmit(key, data.tsn, way)),
                Chunk::IData(data) => again.extend(self.transmit(key, data.tsn, way)),
                Chunk::Sack(sack) => self.acknowledge(key, sack.cumulative_tsn_ack),
                Chunk::NrSack(sack) => self.acknowledge(key, sack.cumulative_tsn_ack),
                _ => {}
            }
        }
        let mut origin = match is_reflected(packet) {
            true => *self.reflected(key.back(packet.verification_tag)),
            false => *self.origin(key),
        };
        origin.association = association.unwrap_or(origin.association);
        (origin, again)
    }

    /// Learns from a packet that was not decoded what [`take_in`](Self::take_in) learns
    /// from a decoded one.
    pub(crate) fn take_in_glance(
        &mut self,
        glance: Glance<'_>,
        way: Way,
    ) -> (Rc<Origin>, Vec<Again>) {
        let ports = (glance.source_port, glance.destination_port);
        let key = self.key(glance.verification_tag, ports, way);
        let mut again = Vec::new();
        for (kind, tsn) in glance.chunks() {
            match kind {
                ChunkType::Sack => self.acknowledge(key, tsn),
                _ => again.extend(self.transmit(key, tsn, way)),
            }
        }
        (self.origin(key), again)
    }

    fn transmit(&mut self, key: Key, tsn: Tsn, way: Way) -> Option<Again> {
        let flows = self.by_key.len();
        self.flow(key).transmit(tsn, way, flows)
    }

    pub(crate) fn origin(&self, key: Key) -> Rc<Origin> {
        let flow = self.by_key.get(&key);
        flow.map(|flow| Rc::clone(&flow.origin)).unwrap_or_default()
    }

    /// The origin of the flow with a reflected tag. A box between the hosts may have changed
    /// a port: then it is the only flow with this tag.
    fn reflected(&self, key: Key) -> Rc<Origin> {
        let origin = self.origin(key);
        if origin.tag_of.is_some() {
            return origin;
        }
        let first = Key {
            tag: key.tag,
            ports: (0, 0),
            hosts: None,
        };
        let mut others = self
            .by_key
            .range(first..)
            .take_while(|(it, _)| it.tag == key.tag)
            .filter(|(_, flow)| flow.origin.tag_of.is_some());
        match (others.next(), others.next()) {
            (Some((_, flow)), None) => Rc::clone(&flow.origin),
            _ => origin,
        }
    }

    /// Follows an INIT. The peer must use the INIT's initiate tag from now on, and the
    /// INIT's initial TSN is the origin of the sender's TSNs. Returns the number of the
    /// association.
    fn begin(&mut self, key: Key, init: &Init, way: Way) -> usize {
        let answers = key.back(init.initiate_tag);
        let flow = self.flow(answers);
        if flow.is_up && flow.origin.receiver != Some(init.initial_tsn) {
            // The tag of an ended association was chosen again.
            *flow = Flow::default();
        }
        let origin = Rc::make_mut(&mut flow.origin);
        origin.tag_of = Some(way.from);
        origin.receiver = Some(init.initial_tsn);
        if flow.origin.association == 0 {
            let number = self.collided_with(key, init, way).unwrap_or_else(|| {
                self.associations += 1;
                self.associations
            });
            Rc::make_mut(&mut self.flow(answers).origin).association = number;
            if let Some((_, destination)) = way.addresses {
                self.calling.insert(answers, destination);
            }
            if self.calling.len() > REMEMBERED {
                self.calling.pop_first();
            }
        }
        self.origin(answers).association
    }

    /// The association that the receiver of this INIT has begun with an INIT to an
    /// address of this INIT's sender. Both sides may send INIT at the same time; a single
    /// association results (RFC 9260, section 5.2.1). Returns its number.
    fn collided_with(&self, key: Key, init: &Init, way: Way) -> Option<usize> {
        let is_of_sender = |called: &IpAddr| {
            let mut named = init.parameters.iter().filter_map(|it| match it {
                Parameter::Ipv4Address(address) => Some(IpAddr::from(*address)),
                Parameter::Ipv6Address(address) => Some(IpAddr::from(*address)),
                _ => None,
            });
            way.addresses.is_some_and(|(source, _)| source == *called)
                || named.any(|address| address == *called)
        };
        let mut calls = self.calling.iter();
        let (other, _) = calls.find(|(answers, called)| {
            (answers.ports, answers.hosts) == (key.ports, key.hosts) && is_of_sender(called)
        })?;
        let number = self.origin(*other).association;
        (number > 0).then_some(number)
    }

    /// Follows an INIT ACK in a packet of the flow `to`. The peer must use the INIT ACK's
    /// initiate tag, and the INIT ACK's initial TSN is the origin of the sender's TSNs.
    fn answer(&mut self, to: Key, ack: &InitAck, from: Host) {
        let packets = to.back(ack.initiate_tag);
        let initiator = self.flow(to);
        if !initiator.is_up {
            Rc::make_mut(&mut initiator.origin).sender = Some(ack.initial_tsn);
            initiator.reverse = Some(packets);
        }
        let known = *initiator.origin;
        let flow = self.flow(packets);
        if flow.is_up {
            return;
        }
        flow.reverse = Some(to);
        flow.origin = Rc::new(Origin {
            sender: known.receiver,
            receiver: Some(ack.initial_tsn),
            tag_of: Some(from),
            association: known.association,
        });
    }

    /// Follows a COOKIE ECHO. Of several INIT ACKs, only the one with this tag counts.
    fn join(&mut self, key: Key) {
        let flow = self.flow(key);
        flow.is_up = true;
        let (origin, reverse) = (*flow.origin, flow.reverse);
        self.calling.remove(&key);
        if let Some(reverse) = reverse {
            self.calling.remove(&reverse);
            let back = self.flow(reverse);
            back.is_up = true;
            back.reverse = Some(key);
            Rc::make_mut(&mut back.origin).sender = origin.receiver;
        }
    }

    fn acknowledge(&mut self, key: Key, cumulative: Tsn) {
        let reverse = self.by_key.get(&key).and_then(|flow| flow.reverse);
        if let Some(reverse) = reverse {
            self.flow(reverse).outstanding.acknowledge(cumulative);
        }
    }

    fn flow(&mut self, key: Key) -> &mut Flow {
        if !self.by_key.contains_key(&key) {
            self.in_order.push_back(key);
            if self.in_order.len() > REMEMBERED
                && let Some(oldest) = self.in_order.pop_front()
            {
                self.by_key.remove(&oldest);
            }
        }
        self.by_key.entry(key).or_default()
    }
}

/// Whether the tag is reflected, that is, chosen by the sender of this packet (RFC 9260,
/// section 8.5.1).
fn is_reflected(packet: &Packet) -> bool {
    packet.chunks.iter().any(|chunk| match chunk {
        Chunk::Abort(it) => it.tag_reflected,
        Chunk::ShutdownComplete(it) => it.tag_reflected,
        _ => false,
    })
}

impl Flow {
    fn transmit(&mut self, tsn: Tsn, way: Way, flows: usize) -> Option<Again> {
        let is_sent = *self.sender.get_or_insert(way.from) == way.from;
        is_sent
            .then(|| self.outstanding.transmit(tsn, way.link, flows))
            .flatten()
    }
}

#[cfg(test)]
mod tests;
