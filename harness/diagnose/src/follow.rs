//! Follows the associations of a capture, packet by packet.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hasher as _};
use std::net::IpAddr;

use bytes::Bytes;
use wire::frame::{Frame, Icmp, Transport, chunk_heads};
use wire::{
    Cause, Checksum, Chunk, ChunkType, Glance, Packet, Parameter, Ppid, StreamId, Tsn,
    VerificationTag, payload,
};

use crate::association::{Association, Ending, count_under};
use crate::evidence::Moment;
use crate::flow::Transmission;

/// So many associations are followed; what belongs to others is counted.
const FOLLOWED: usize = 4096;

/// So many tags that nobody chose are told apart, and associations of one flow.
const TAGS: usize = 4 * FOLLOWED;
const SAME: usize = 16;

/// A tag that is at least so high was chosen by chance: two of them are one
/// association, whatever the addresses.
const BY_CHANCE: u32 = 1 << 16;

/// The packets of a direction.
type Key = (u32, u16, u16);

/// Takes packets one after the other, and knows of their associations.
#[derive(Debug, Default)]
pub struct Follower {
    /// The associations, in the order in which they were first seen.
    pub associations: Vec<Association>,
    /// Packets with SCTP that belong to none of these.
    pub left_out: u64,
    /// The first and the last packet.
    pub span: Option<(Moment, Moment)>,
    /// By tag and ports: the association, and the end that sends.
    flows: HashMap<Key, Vec<(usize, usize)>>,
    latest: Option<(Key, [IpAddr; 2], usize, usize)>,
}

/// A packet on its way.
#[derive(Clone, Copy)]
struct Seen<'p> {
    at: Moment,
    frame: &'p Frame<'p>,
    sctp: &'p [u8],
    /// Whether it is known that it did not arrive.
    is_lost: bool,
}

/// The size of a packet with a HEARTBEAT, or less: they are smaller than any data that
/// a path does not take.
const SMALL: usize = 1;

impl Follower {
    /// The next packet. Copies must have been left out, and fragments of IP packets put
    /// together. `is_lost` says that it is known not to have arrived, as the lab's own
    /// captures tell.
    pub fn take_in(&mut self, frame: &Frame<'_>, at: Moment, is_lost: bool) {
        match (frame.sctp(), frame.transport) {
            (Some(sctp), _) => {
                self.see(at);
                let seen = Seen {
                    at,
                    frame,
                    sctp,
                    is_lost,
                };
                self.take_in_sctp(seen);
            }
            (None, Transport::Icmp(message)) if message.is_error() => {
                self.take_in_icmp(&message, at);
            }
            _ => {}
        }
    }

    /// There are no more packets.
    pub fn end(&mut self) {
        let Some((_, last)) = self.span else { return };
        for association in &mut self.associations {
            let end = match association.ending {
                Some(_) => association.last,
                None => last,
            };
            for way in association.paths.iter_mut().flat_map(|it| &mut it.ways) {
                way.end(end);
            }
            for end_of in &mut association.ends {
                end_of.flow.end(end);
            }
        }
    }

    fn see(&mut self, at: Moment) {
        let (_, last) = self.span.get_or_insert((at, at));
        *last = (*last).max(at);
    }

    #[inline]
    fn take_in_sctp(&mut self, seen: Seen<'_>) {
        if let Some(glance) = Glance::at(seen.sctp) {
            let ports = (glance.source_port, glance.destination_port);
            if let Some((number, side)) = self.whose(seen, glance.verification_tag, ports) {
                let path = self.enter(number, side, seen);
                self.take_in_glance(number, side, path, glance, seen);
            }
            return;
        }
        let Ok(partial) = Packet::decode_lenient(&Bytes::copy_from_slice(seen.sctp)) else {
            return;
        };
        let packet = partial.packet;
        if let Some((number, side)) = self.owner(&packet, seen) {
            let path = self.enter(number, side, seen);
            let association = &mut self.associations[number];
            match packet.checksum {
                Checksum::Wrong { .. } if !seen.frame.truncated => {
                    association.bad_checksums.add(seen.at);
                }
                Checksum::Zero => association.no_checksums += 1,
                _ => {}
            }
            for chunk in &packet.chunks {
                self.take_in_chunk(number, side, path, chunk, seen);
            }
            if let Some((ChunkType::InitAck, tag)) = cut_handshake(&packet, seen) {
                self.associations[number].ends[side].tag = Some(tag);
                let key = (tag.0, packet.destination_port, packet.source_port);
                self.remember(key, number, 1 - side);
            }
            if partial.error.is_some() && seen.frame.truncated {
                self.take_in_cut(number, side, path, packet.chunks.len(), seen);
            }
        }
    }

    /// The association and the sender of most packets.
    #[inline]
    fn whose(
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

    fn known(&self, key: Key, [source, destination]: [IpAddr; 2]) -> Option<(usize, usize)> {
        let all = self.flows.get(&key)?;
        let fits = |(number, side): &&(usize, usize)| {
            let association = &self.associations[*number];
            association.has(*side, source) || association.has(1 - *side, destination)
        };
        let mut latest_first = all.iter().rev();
        let known = latest_first.find(fits).or_else(|| {
            // Where the handshake was seen, the ends have named their addresses.
            all.last().filter(|(number, _)| {
                key.0 >= BY_CHANCE && self.associations[*number].set_up.inits.is_empty()
            })
        });
        known.copied()
    }

    /// A packet of which neither tag nor ports are known: the other direction of an
    /// association, one with a wrong tag, or one that began before the capture.
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

    fn remember(&mut self, key: Key, number: usize, side: usize) {
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

    /// The association and the sender of a packet, whatever it holds.
    fn owner(&mut self, packet: &Packet, seen: Seen<'_>) -> Option<(usize, usize)> {
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
            // RFC 9260, section 8.5.1: the tag is that of what it answers.
            let key = (packet.verification_tag.0, ports.1, ports.0);
            let addresses = [seen.frame.destination, seen.frame.source];
            let (number, side) = self.known(key, addresses)?;
            return Some((number, 1 - side));
        }
        self.whose(seen, packet.verification_tag, ports)
    }

    /// INIT: a new association, the same again, or the other end calls at the same time.
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
            // RFC 9260, section 5.2.1.
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

    /// Counts a packet. Gives the place of its path.
    #[inline]
    fn enter(&mut self, number: usize, side: usize, seen: Seen<'_>) -> usize {
        let association = &mut self.associations[number];
        association.packets += 1;
        association.last = seen.at;
        let addresses = match side {
            0 => [seen.frame.source, seen.frame.destination],
            _ => [seen.frame.destination, seen.frame.source],
        };
        let path = association.path(addresses);
        let way = &mut association.paths[path].ways[side];
        way.packets += 1;
        way.first.get_or_insert(seen.at);
        way.last = Some(seen.at);
        path
    }

    #[inline]
    fn take_in_glance(
        &mut self,
        number: usize,
        side: usize,
        path: usize,
        glance: Glance<'_>,
        seen: Seen<'_>,
    ) {
        let at = seen.at;
        let mut rest = &seen.sctp[12..];
        for (kind, tsn) in glance.chunks() {
            let length = usize::from(u16::from_be_bytes([rest[2], rest[3]]));
            let chunk = &rest[..length];
            match kind {
                ChunkType::Data | ChunkType::IData => {
                    let data = Data::of(kind, tsn, chunk);
                    self.send(number, side, path, &data, seen);
                }
                _ => {
                    let flow = &mut self.associations[number].ends[1 - side].flow;
                    flow.acknowledge(tsn, at);
                    flow.window(u32::MAX, at);
                }
            }
            rest = rest.get(length.next_multiple_of(4)..).unwrap_or_default();
        }
    }

    fn send(&mut self, number: usize, side: usize, path: usize, data: &Data<'_>, seen: Seen<'_>) {
        let association = &mut self.associations[number];
        association.paths[path].ways[side].data += 1;
        association.ends[side].flow.transmit(Transmission {
            tsn: data.tsn,
            bytes: data.payload.len(),
            at: seen.at,
            path,
            size: seen.sctp.len(),
        });
        let Some(ppid) = data.ppid else { return };
        if ppid == Ppid(0) {
            association.unnamed_data.add(seen.at);
        } else if let Some(message) = payload::look(ppid, data.payload) {
            let StreamId(stream) = data.stream;
            association
                .exchanges
                .take_in(message, side, stream, seen.at);
        }
        if ppid.turned_round().is_some() {
            count_under(&mut association.turned_ppids, ppid, seen.at);
        }
    }

    fn take_in_chunk(
        &mut self,
        number: usize,
        side: usize,
        path: usize,
        chunk: &Chunk,
        seen: Seen<'_>,
    ) {
        let at = seen.at;
        match chunk {
            Chunk::Data(it) => {
                let data = Data {
                    tsn: it.tsn,
                    stream: it.stream,
                    ppid: it.beginning.then_some(it.ppid),
                    payload: &it.payload,
                };
                return self.send(number, side, path, &data, seen);
            }
            Chunk::IData(it) => {
                let data = Data {
                    tsn: it.tsn,
                    stream: it.stream,
                    ppid: it.ppid(),
                    payload: &it.payload,
                };
                return self.send(number, side, path, &data, seen);
            }
            Chunk::InitAck(it) => {
                let ports = {
                    let ends = &self.associations[number].ends;
                    (ends[1 - side].port, ends[side].port)
                };
                let key = (it.initiate_tag.0, ports.0, ports.1);
                self.remember(key, number, 1 - side);
            }
            _ => {}
        }
        let association = &mut self.associations[number];
        match chunk {
            Chunk::Init(it) => {
                association.set_up.inits.add(at);
                association.ends[side].tag = Some(it.initiate_tag);
                association.ends[side].named = named(&it.parameters);
            }
            Chunk::InitAck(it) => {
                association.set_up.init_acks.add(at);
                association.ends[side].tag = Some(it.initiate_tag);
                association.ends[side].named = named(&it.parameters);
            }
            Chunk::CookieEcho(_) => association.set_up.cookies.add(at),
            Chunk::CookieAck(_) => association.set_up.cookie_acks.add(at),
            Chunk::Sack(sack) => {
                let flow = &mut association.ends[1 - side].flow;
                flow.acknowledge_all_of(sack, at);
                flow.window(sack.a_rwnd, at);
            }
            Chunk::Heartbeat(it) => {
                association.paths[path].ways[side].ask(hash(&it.info), at);
            }
            Chunk::HeartbeatAck(it) => {
                let information = hash(&it.info);
                let paths = association.paths.iter_mut().enumerate();
                let asked = paths.map(|(place, other)| {
                    other.ways[1 - side].answer(information, at, place == path)
                });
                if let Some(asked) = asked.flatten().next() {
                    let flow = &mut association.ends[1 - side].flow;
                    flow.get_through(SMALL, asked);
                }
            }
            Chunk::Abort(it) => {
                let causes: Vec<String> = it.causes.iter().map(cause_in_words).collect();
                association.is_abort_lost |= seen.is_lost;
                association.ending.get_or_insert(Ending::Aborted {
                    by: side,
                    at,
                    causes: causes.join(", "),
                });
            }
            Chunk::Error(it) => {
                for cause in it.causes.iter().take(4) {
                    count_under(&mut association.errors, cause_in_words(cause), at);
                }
            }
            Chunk::ForwardTsn(it) => association.ends[side].flow.abandon(it.new_cumulative_tsn),
            Chunk::IForwardTsn(it) => association.ends[side].flow.abandon(it.new_cumulative_tsn),
            Chunk::Shutdown(it) => {
                association.shutdowns.add(at);
                association.ends[1 - side]
                    .flow
                    .acknowledge(it.cumulative_tsn_ack, at);
                association.shut_down_by.get_or_insert(side);
            }
            Chunk::ShutdownComplete(_) => {
                let by = association.shut_down_by.unwrap_or(side);
                association
                    .ending
                    .get_or_insert(Ending::ShutDown { by, at });
            }
            _ => {}
        }
    }

    /// Chunks of which the capture has only the beginning.
    fn take_in_cut(
        &mut self,
        number: usize,
        side: usize,
        path: usize,
        whole: usize,
        seen: Seen<'_>,
    ) {
        for (kind, tsn) in chunk_heads(seen.sctp).skip(whole) {
            match (kind, tsn) {
                (ChunkType::Data | ChunkType::IData, Some(tsn)) => {
                    let data = Data {
                        tsn,
                        stream: StreamId(0),
                        ppid: None,
                        payload: &[],
                    };
                    self.send(number, side, path, &data, seen);
                }
                (ChunkType::Init, _) => self.associations[number].set_up.inits.add(seen.at),
                (ChunkType::InitAck, _) => self.associations[number].set_up.init_acks.add(seen.at),
                (ChunkType::CookieEcho, _) => self.associations[number].set_up.cookies.add(seen.at),
                _ => {}
            }
        }
    }

    fn take_in_icmp(&mut self, message: &Icmp<'_>, at: Moment) {
        let Some(quoted) = message.quoted() else {
            return;
        };
        let Some(&[a, b, c, d, e, f, g, h]) = quoted.sctp.first_chunk() else {
            return;
        };
        self.see(at);
        let ports = (u16::from_be_bytes([a, b]), u16::from_be_bytes([c, d]));
        let tag = u32::from_be_bytes([e, f, g, h]);
        let addresses = [quoted.source, quoted.destination];
        let known = self.known((tag, ports.0, ports.1), addresses);
        let number = known.map(|(number, _)| number).or_else(|| {
            let mut latest = self.associations.iter().enumerate().rev().take(FOLLOWED);
            latest
                .find(|(_, it)| {
                    let fits = |side: usize| {
                        (it.ends[side].port, it.ends[1 - side].port) == ports
                            && it.has(side, addresses[0])
                    };
                    fits(0) || fits(1)
                })
                .map(|(number, _)| number)
        });
        let number = match number {
            Some(number) => number,
            None if self.associations.len() < FOLLOWED => {
                let mut association = Association::new(at, [ports.0, ports.1]);
                association.path(addresses);
                self.associations.push(association);
                self.associations.len() - 1
            }
            None => return,
        };
        let words = format!("{message}, about a packet to {}", quoted.destination);
        count_under(&mut self.associations[number].icmp, words, at);
    }
}

/// User data.
struct Data<'c> {
    tsn: Tsn,
    stream: StreamId,
    /// Of the first fragment.
    ppid: Option<Ppid>,
    payload: &'c [u8],
}

impl<'c> Data<'c> {
    /// Of a chunk that was glanced at: its fixed part is there. RFC 9260, section
    /// 3.3.1, and RFC 8260, section 2.1.
    #[inline]
    fn of(kind: ChunkType, tsn: Tsn, chunk: &'c [u8]) -> Self {
        let word = |at: usize| {
            let bytes = chunk.get(at..at + 4).and_then(|it| it.first_chunk::<4>());
            bytes.map_or(0, |it| u32::from_be_bytes(*it))
        };
        let (ppid, payload) = match kind {
            ChunkType::IData => (word(16), 20),
            _ => (word(12), 16),
        };
        let begins = chunk[1] & 0x02 != 0;
        Self {
            tsn,
            stream: StreamId((word(8) >> 16) as u16),
            ppid: begins.then_some(Ppid(ppid)),
            payload: chunk.get(payload..).unwrap_or_default(),
        }
    }
}

/// The type and the initiate tag of an INIT or INIT ACK of which the capture has only
/// the beginning: RFC 9260, section 3.3.2.
fn cut_handshake(packet: &Packet, seen: Seen<'_>) -> Option<(ChunkType, VerificationTag)> {
    let is_cut = packet.chunks.is_empty() && seen.frame.truncated;
    let &[kind, _, _, _, a, b, c, d] = seen.sctp.get(12..)?.first_chunk()?;
    let kind = ChunkType::from(kind);
    let begins = matches!(kind, ChunkType::Init | ChunkType::InitAck);
    let tag = VerificationTag(u32::from_be_bytes([a, b, c, d]));
    (is_cut && begins).then_some((kind, tag))
}

/// Of what HEARTBEAT and its ACK have in common.
fn hash(information: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(information);
    hasher.finish()
}

/// A cause, with what it says in words where it does.
fn cause_in_words(cause: &Cause) -> String {
    /// So many letters are kept.
    const KEPT: usize = 200;
    let (name, text) = match cause {
        Cause::UserInitiatedAbort(text) => ("User-Initiated Abort", text),
        Cause::ProtocolViolation(text) => ("Protocol Violation", text),
        other => return other.to_string(),
    };
    let text = String::from_utf8_lossy(text);
    // Some stacks put a number before the words, or a zero behind.
    let words = text.split(|it: char| it.is_control() || it == '\u{fffd}');
    match words.max_by_key(|it| it.len()).filter(|it| it.len() > 3) {
        Some(words) => {
            let words: String = words.chars().take(KEPT).collect();
            format!("{name}: {words}")
        }
        None => name.to_owned(),
    }
}

fn named(parameters: &[Parameter]) -> Vec<IpAddr> {
    /// So many addresses of an end are kept.
    const KEPT: usize = 32;
    let addresses = parameters.iter().filter_map(|it| match it {
        Parameter::Ipv4Address(address) => Some(IpAddr::from(*address)),
        Parameter::Ipv6Address(address) => Some(IpAddr::from(*address)),
        _ => None,
    });
    addresses.take(KEPT).collect()
}
