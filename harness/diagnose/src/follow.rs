//! Follows the associations of a capture, packet by packet.

mod chunks;
mod data;
mod icmp;
mod whose;

use std::collections::HashMap;
use std::net::IpAddr;

use bytes::Bytes;
use wire::frame::{Frame, Transport};
use wire::{Checksum, ChunkType, Glance, Packet};

use crate::association::Association;
use crate::evidence::Moment;
use whose::cut_handshake;

/// The most associations that are followed; packets of further ones are only counted.
const FOLLOWED: usize = 4096;

/// One direction of an association: verification tag, source port, destination port.
type Key = (u32, u16, u16);

/// Takes packets one after the other, and keeps the state of their associations.
#[derive(Debug, Default)]
pub struct Follower {
    /// The associations, in the order in which they were first seen.
    pub associations: Vec<Association>,
    /// Packets with SCTP that belong to none of the followed associations.
    pub left_out: u64,
    /// Packets that were left out because they had been captured before, as the caller counts
    /// them.
    pub copies: u64,
    /// Ends that are seen under two addresses, a clause each. The caller sets them.
    pub translations: Vec<String>,
    /// The first and the last packet.
    pub span: Option<(Moment, Moment)>,
    /// The association, and the end that sends, by verification tag and ports.
    flows: HashMap<Key, Vec<(usize, usize)>>,
    latest: Option<(Key, [IpAddr; 2], usize, usize)>,
}

/// A packet that is being taken in.
#[derive(Clone, Copy)]
struct Seen<'p> {
    at: Moment,
    frame: &'p Frame<'p>,
    sctp: &'p [u8],
    /// Whether the packet is known not to have arrived.
    is_lost: bool,
}

impl Follower {
    /// Takes the next packet. The caller must leave out copies, and put fragments of IP
    /// packets together. `is_lost` says that the packet is known not to have arrived, which
    /// only the lab's own captures tell.
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

    /// Ends the capture: no more packets follow.
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
                self.associations[number].cut += 1;
                self.take_in_cut(number, side, path, packet.chunks.len(), seen);
            }
        }
    }

    /// Counts a packet. Returns the index of its path.
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
}
