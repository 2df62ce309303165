//! What is known of associations from the packets so far: whose a verification
//! tag is, and where its TSNs begin.

use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;

use wire::{Chunk, ChunkType, Glance, Packet, Tsn, VerificationTag};

use crate::hosts::{Host, Link};
use crate::outstanding::{Again, Outstanding};

/// How many verification tags are remembered; of more, the oldest are forgotten.
const REMEMBERED: usize = 4096;

/// What the numbers in one packet count from, as its association's INIT and
/// INIT ACK said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// The first TSN of the packet's sender; DATA counts from it.
    pub sender: Option<Tsn>,
    /// The first TSN of the packet's receiver; SACK and SHUTDOWN count from it.
    pub receiver: Option<Tsn>,
    /// The host that chose the packet's verification tag.
    pub tag_of: Option<Host>,
    /// Which association of the capture it belongs to, from 1; 0 if its
    /// beginning was not seen.
    pub association: usize,
}

/// All flows of a capture. A flow is one direction of an association: the
/// packets with one verification tag.
#[derive(Debug, Default)]
pub(crate) struct Flows {
    by_tag: BTreeMap<u32, Flow>,
    in_order: VecDeque<u32>,
    associations: usize,
}

#[derive(Debug, Default)]
struct Flow {
    /// Many packets share it, between the few that change it.
    origin: Rc<Origin>,
    /// The tag of the packets in the other direction.
    reverse: Option<VerificationTag>,
    /// Who was first seen to send DATA in it. Others pass that on.
    sender: Option<Host>,
    outstanding: Outstanding,
}

impl Flows {
    /// Learns from a packet that `from` sent on `link`. Gives what its numbers
    /// count from and which of its TSNs were sent before.
    pub(crate) fn take_in(
        &mut self,
        packet: &Packet,
        from: Host,
        link: Link,
    ) -> (Origin, Vec<Again>) {
        let tag = packet.verification_tag;
        let mut again = Vec::new();
        for chunk in &packet.chunks {
            match chunk {
                Chunk::Init(init) => self.begin(init.initiate_tag, init.initial_tsn, from),
                Chunk::InitAck(ack) => self.answer(tag, ack.initiate_tag, ack.initial_tsn, from),
                Chunk::CookieEcho(_) => self.join(tag),
                Chunk::Data(data) => again.extend(self.transmit(tag, data.tsn, from, link)),
                Chunk::IData(data) => again.extend(self.transmit(tag, data.tsn, from, link)),
                Chunk::Sack(sack) => self.acknowledge(tag, sack.cumulative_tsn_ack),
                _ => {}
            }
        }
        (*self.origin(tag), again)
    }

    /// Learns from a packet that was only glanced at what
    /// [`take_in`](Self::take_in) learns from one.
    pub(crate) fn take_in_glance(
        &mut self,
        glance: Glance<'_>,
        from: Host,
        link: Link,
    ) -> (Rc<Origin>, Vec<Again>) {
        let tag = glance.verification_tag;
        let mut again = Vec::new();
        for (kind, tsn) in glance.chunks() {
            match kind {
                ChunkType::Sack => self.acknowledge(tag, tsn),
                _ => again.extend(self.transmit(tag, tsn, from, link)),
            }
        }
        (self.origin(tag), again)
    }

    fn transmit(
        &mut self,
        tag: VerificationTag,
        tsn: Tsn,
        from: Host,
        link: Link,
    ) -> Option<Again> {
        let flows = self.by_tag.len();
        self.flow(tag).transmit(tsn, from, link, flows)
    }

    fn origin(&self, tag: VerificationTag) -> Rc<Origin> {
        let flow = self.by_tag.get(&tag.0);
        flow.map(|flow| Rc::clone(&flow.origin)).unwrap_or_default()
    }

    /// INIT: the sender wants to see `tag` from now on, and counts from `tsn`.
    fn begin(&mut self, tag: VerificationTag, tsn: Tsn, from: Host) {
        let flow = self.flow(tag);
        let origin = Rc::make_mut(&mut flow.origin);
        origin.tag_of = Some(from);
        origin.receiver = Some(tsn);
        if flow.origin.association == 0 {
            self.associations += 1;
            let number = self.associations;
            Rc::make_mut(&mut self.flow(tag).origin).association = number;
        }
    }

    /// INIT ACK in a packet with the tag `to`: its sender wants to see `tag`,
    /// and counts from `tsn`.
    fn answer(&mut self, to: VerificationTag, tag: VerificationTag, tsn: Tsn, from: Host) {
        let initiator = self.flow(to);
        Rc::make_mut(&mut initiator.origin).sender = Some(tsn);
        initiator.reverse = Some(tag);
        let known = *initiator.origin;
        let flow = self.flow(tag);
        flow.reverse = Some(to);
        flow.origin = Rc::new(Origin {
            sender: known.receiver,
            receiver: Some(tsn),
            tag_of: Some(from),
            association: known.association,
        });
    }

    /// COOKIE ECHO with `tag`: of several INIT ACKs, this is the one that
    /// counts.
    fn join(&mut self, tag: VerificationTag) {
        let flow = self.flow(tag);
        let (origin, reverse) = (*flow.origin, flow.reverse);
        if let Some(reverse) = reverse {
            let back = self.flow(reverse);
            back.reverse = Some(tag);
            Rc::make_mut(&mut back.origin).sender = origin.receiver;
        }
    }

    fn acknowledge(&mut self, tag: VerificationTag, cumulative: Tsn) {
        let reverse = self.by_tag.get(&tag.0).and_then(|flow| flow.reverse);
        if let Some(reverse) = reverse {
            self.flow(reverse).outstanding.acknowledge(cumulative);
        }
    }

    fn flow(&mut self, tag: VerificationTag) -> &mut Flow {
        if !self.by_tag.contains_key(&tag.0) {
            self.in_order.push_back(tag.0);
            if self.in_order.len() > REMEMBERED
                && let Some(oldest) = self.in_order.pop_front()
            {
                self.by_tag.remove(&oldest);
            }
        }
        self.by_tag.entry(tag.0).or_default()
    }
}

impl Flow {
    fn transmit(&mut self, tsn: Tsn, from: Host, link: Link, flows: usize) -> Option<Again> {
        let is_sent = *self.sender.get_or_insert(from) == from;
        is_sent
            .then(|| self.outstanding.transmit(tsn, link, flows))
            .flatten()
    }
}

#[cfg(test)]
mod tests;
