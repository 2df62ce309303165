//! Finds the association of a packet, and the end that sent it.

use std::net::IpAddr;

use wire::{Chunk, ChunkType, Packet, VerificationTag};

use super::{FOLLOWED, Follower, Key, Seen};
use crate::association::Association;

/// The most pairs of tag and ports that are remembered, and the most associations with the
/// same pair.
const TAGS: usize = 4 * FOLLOWED;
const SAME: usize = 16;

/// A tag from here on counts as random: two packets with the same random tag and ports are
/// of one association, whatever their addresses.
const BY_CHANCE: u32 = 1 << 16;

impl Follower {
    /// The association and the sending end of a packet, by its verification tag and ports.
    /// A packet of an unknown association begins one.
    #[inline]
    pub(super) fn whose(
        &mut self,
        seen: Seen<'_>,
        tag: VerificationTag,
        ports: (u16, u16),
    ) -> Option<(usize, usize)> {
        let key = (tag.0, ports.0, ports.1);
        let addresses = [seen.frame.source, seen.frame.destination];
        if let Some((latest, between, number, side)) = self.latest
            && latest == key
            && between == addresses
        {
            return Some((number, side));
        }
        let (number, side) = self
            .known(key, addresses)
            .or_else(|| self.join(key, seen))?;
        self.latest = Some((key, addresses, number, side));
        Some((number, side))
    }

    pub(super) fn known(
        &self,
        key: Key,
        [source, destination]: [IpAddr; 2],
    ) -> Option<(usize, usize)> {
        let all = self.flows.get(&key)?;
        let fits = |(number, side): &&(usize, usize)| {
            let association = &self.associations[*number];
            association.has(*side, source) || association.has(1 - *side, destination)
        };
        let mut latest_first = all.iter().rev();
        let known = latest_first.find(fits).or_else(|| {
            // Only without a captured handshake: in the handshake the ends name their
            // addresses.
            all.last().filter(|(number, _)| {
                key.0 >= BY_CHANCE && self.associations[*number].set_up.inits.is_empty()
            })
        });
        known.copied()
    }

    /// Takes a packet with an unknown combination of tag and ports. The packet is the other
    /// direction of an association, has a wrong tag, or is of an association that began
    /// before the capture.
    fn join(&mut self, key: Key, seen: Seen<'_>) -> Option<(usize, usize)> {
        let [source, destination] = [seen.frame.source, seen.frame.destination];
        let (_, from, to) = key;
        let fits = |it: &Association, side: usize| {
            (it.ends[side].port, it.ends[1 - side].port) == (from, to)
                && it.has(side, source)
                && it.has(1 - side, destination)
        };
        let sides = |it: &Association| (0..2).find(|side| fits(it, *side));
        let latest = self.associations.iter().enumerate().rev();
        let found = latest
            .take(FOLLOWED)
            .find_map(|(number, it)| Some((number, sides(it)?)));
        if let Some((number, side)) = found {
            let association = &mut self.associations[number];
            let tag = &mut association.ends[1 - side].tag;
            if tag.is_none() {
                *tag = Some(VerificationTag(key.0));
                self.remember(key, number, side);
                return Some((number, side));
            }
            if association.ending.is_none() && !association.set_up.inits.is_empty() {
                association.foreign_tags.add(seen.at);
                return None;
            }
        }
        let number = self.begin(seen, (from, to))?;
        self.associations[number].ends[1].tag = Some(VerificationTag(key.0));
        self.remember(key, number, 0);
        Some((number, 0))
    }

    fn begin(&mut self, seen: Seen<'_>, (from, to): (u16, u16)) -> Option<usize> {
        if self.associations.len() >= FOLLOWED {
            self.left_out += 1;
            return None;
        }
        let mut association = Association::new(seen.at, [from, to]);
        association.path([seen.frame.source, seen.frame.destination]);
        self.associations.push(association);
        Some(self.associations.len() - 1)
    }

    pub(super) fn remember(&mut self, key: Key, number: usize, side: usize) {
        if self.flows.len() >= TAGS && !self.flows.contains_key(&key) {
            return;
        }
        let known = self.flows.entry(key).or_default();
        if known.len() >= SAME {
            known.remove(0);
        }
        if !known.contains(&(number, side)) {
            known.push((number, side));
        }
        self.latest = None;
    }

    /// The association and the sending end of any packet, INIT and reflected tags included.
    pub(super) fn owner(&mut self, packet: &Packet, seen: Seen<'_>) -> Option<(usize, usize)> {
        let ports = (packet.source_port, packet.destination_port);
        if let Some(Chunk::Init(init)) = packet.chunks.first() {
            return self.call(init.initiate_tag, ports, seen);
        }
        if let Some((ChunkType::Init, tag)) = cut_handshake(packet, seen) {
            return self.call(tag, ports, seen);
        }
        let is_reflected = packet.chunks.iter().any(|chunk| match chunk {
            Chunk::Abort(it) => it.tag_reflected,
            Chunk::ShutdownComplete(it) => it.tag_reflected,
            _ => false,
        });
        if is_reflected {
            // With the T bit the tag is that of the packet that is answered (RFC 9260,
            // section 8.5.1).
            let key = (packet.verification_tag.0, ports.1, ports.0);
            let addresses = [seen.frame.destination, seen.frame.source];
            let (number, side) = self.known(key, addresses)?;
            return Some((number, 1 - side));
        }
        self.whose(seen, packet.verification_tag, ports)
    }

    /// Takes an INIT: of a new association, a retransmitted one, or one of the other end,
    /// which calls at the same time.
    fn call(
        &mut self,
        tag: VerificationTag,
        (from, to): (u16, u16),
        seen: Seen<'_>,
    ) -> Option<(usize, usize)> {
        let answers = (tag.0, to, from);
        let [source, destination] = [seen.frame.source, seen.frame.destination];
        if let Some((number, side)) = self.known(answers, [destination, source]) {
            return Some((number, 1 - side));
        }
        let between = |it: &Association, side: usize| {
            (it.ends[side].port, it.ends[1 - side].port) == (from, to)
                && it.has(side, source)
                && it.has(1 - side, destination)
        };
        let mut latest = self.associations.iter().enumerate().rev().take(FOLLOWED);
        let before = latest.find(|(_, it)| between(it, 0) || between(it, 1));
        let before = before.map(|(number, it)| {
            (
                number,
                between(it, 1),
                it.was_up(),
                it.ending.is_some() && !it.is_abort_lost,
            )
        });
        if let Some((number, true, false, false)) = before
            && self.associations[number].set_up.cookies.is_empty()
        {
            // Both ends call: the INITs make one association (RFC 9260, section 5.2.1).
            self.remember(answers, number, 0);
            self.associations[number].ends[1].tag = Some(tag);
            self.associations[number].set_up.both_call = true;
            return Some((number, 1));
        }
        let number = self.begin(seen, (from, to))?;
        let association = &mut self.associations[number];
        association.ends[0].tag = Some(tag);
        if let Some((earlier, _, true, false)) = before {
            association.restarts = Some(earlier);
        }
        self.remember(answers, number, 1);
        Some((number, 0))
    }
}

/// The type and the Initiate Tag of an INIT or INIT ACK of which the capture has only the
/// beginning (RFC 9260, section 3.3.2).
pub(super) fn cut_handshake(
    packet: &Packet,
    seen: Seen<'_>,
) -> Option<(ChunkType, VerificationTag)> {
    let is_cut = packet.chunks.is_empty() && seen.frame.truncated;
    let &[kind, _, _, _, a, b, c, d] = seen.sctp.get(12..)?.first_chunk()?;
    let kind = ChunkType::from(kind);
    let begins = matches!(kind, ChunkType::Init | ChunkType::InitAck);
    let tag = VerificationTag(u32::from_be_bytes([a, b, c, d]));
    (is_cut && begins).then_some((kind, tag))
}
