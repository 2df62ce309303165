//! Learns the ends of associations, and their choices, from the packets that set them up.

use std::net::SocketAddr;

use wire::{Chunk, Tsn, VerificationTag};

use super::known::{Declared, Ends, Known, KnownEnd};
use super::{Associations, EndIndex};
use crate::{Chosen, PacketView, TransportAddresses};

/// Number of undeclared associations that are looked through for the association of an INIT:
/// the latest between the INIT's two transport addresses. All declared associations are
/// looked through, too.
const LATEST: usize = 16;

/// Length of the common header of a packet.
const HEADER: usize = 12;
/// The types of INIT, INIT ACK and COOKIE ECHO.
const SET_UP: [u8; 3] = [1, 2, 10];

impl Associations {
    /// Learns from a packet with one of the chunks that set an association up.
    pub(super) fn take_in(&mut self, packet: &impl PacketView) {
        let Ok(sctp) = packet.sctp() else { return };
        // INIT and INIT ACK are never bundled (RFC 9260 section 6.10), and COOKIE ECHO is
        // the first chunk (section 5.1).
        let is_set_up = sctp.get(HEADER).is_some_and(|kind| SET_UP.contains(kind));
        if !is_set_up {
            return;
        }
        let Ok(frame) = packet.frame() else {
            return;
        };
        let Ok(decoded) = wire::Packet::decode_lenient(&packet.keep(sctp)) else {
            return;
        };
        let packet_ends = Ends {
            at: packet.at(),
            source: (frame.source.to_canonical(), decoded.packet.source_port),
            destination: (
                frame.destination.to_canonical(),
                decoded.packet.destination_port,
            ),
        };
        match decoded.packet.chunks.first() {
            Some(Chunk::Init(init)) => {
                let place = self
                    .with_tag(init.initiate_tag, packet_ends)
                    .map(|(place, _)| place);
                let place = place.unwrap_or_else(|| self.between(packet_ends));
                self.choose(place, packet_ends, init.initiate_tag, init.initial_tsn);
                if let Some(sender) = self.known[place].end_of(packet_ends) {
                    self.known[place].ends[sender].began = true;
                }
            }
            Some(Chunk::InitAck(ack)) => {
                let place = self
                    .with_tag(decoded.packet.verification_tag, packet_ends.turned())
                    .map(|(place, _)| place);
                let place = place.unwrap_or_else(|| self.between(packet_ends));
                self.choose(place, packet_ends, ack.initiate_tag, ack.initial_tsn);
            }
            Some(Chunk::CookieEcho(_)) => {
                let tag = decoded.packet.verification_tag;
                if let Some((place, owner)) = self.with_tag(tag, packet_ends.turned()) {
                    let end = &mut self.known[place].ends[owner];
                    end.in_force = end.chosen.iter().position(|it| it.verification_tag == tag);
                }
            }
            _ => {}
        }
    }

    /// The owner of a verification tag, among the associations between these ports. The
    /// owner's port is the first.
    fn with_tag(&self, tag: VerificationTag, ends: Ends) -> Option<EndIndex> {
        let ports = [ends.source.1, ends.destination.1];
        self.by_tag.get(&(tag.0, ports))?.last().copied()
    }

    /// The association of an INIT with a new tag between these transport addresses. An
    /// end sends the same tag in all INITs of an association.
    fn between(&mut self, ends: Ends) -> usize {
        let mut key = [ends.source, ends.destination];
        key.sort_unstable();
        let on_the_wire = self.by_ends.get(&key).map_or(&[][..], Vec::as_slice);
        let latest = on_the_wire.len().saturating_sub(LATEST);
        let candidates = || {
            let places = (0..self.declared).chain(on_the_wire[latest..].iter().copied());
            let all = places.map(|place| (place, &self.known[place]));
            all.filter_map(|(place, known)| Some((place, known, known.end_of(ends)?)))
        };
        let is_new = |known: &Known, sender: usize| !known.ends[sender].began;
        let has_begun = |known: &Known| known.from <= ends.at;
        // Where only packets are on record, an INIT after the cookie begins another
        // association.
        let is_open = |known: &Known| {
            known.declared != Declared::No || known.ends.iter().all(|end| end.in_force.is_none())
        };
        let found = candidates()
            .filter(|(_, known, sender)| is_new(known, *sender) && is_open(known))
            .rfind(|(_, known, _)| has_begun(known))
            .or_else(|| {
                // An association that is declared later than its first INIT.
                candidates().find(|(_, known, sender)| {
                    is_new(known, *sender) && !has_begun(known) && known.declared == Declared::Later
                })
            })
            .or_else(|| {
                // A fault has changed the tag on the way.
                candidates()
                    .rfind(|(_, known, _)| has_begun(known) && known.declared != Declared::No)
            });
        if let Some((place, _, _)) = found {
            return place;
        }
        let end = |(address, port)| KnownEnd {
            transport: TransportAddresses {
                port,
                addresses: vec![address],
            },
            ..KnownEnd::default()
        };
        let [source, destination] = [ends.source, ends.destination].map(SocketAddr::from);
        let base = format!("{source}-{destination}");
        let (place, name) = (self.known.len(), self.on_the_wire.next(&base));
        self.by_name.insert(name.clone(), place);
        self.by_ends.entry(key).or_default().push(place);
        self.known.push(Known {
            name,
            from: ends.at,
            declared: Declared::No,
            ends: [end(ends.source), end(ends.destination)],
        });
        place
    }

    fn choose(&mut self, place: usize, ends: Ends, tag: VerificationTag, tsn: Tsn) {
        let known = &mut self.known[place];
        // A packet whose addresses a fault has changed belongs to no end.
        let Some(owner) = known.end_of(ends) else {
            return;
        };
        let end = &mut known.ends[owner];
        let chosen = Chosen {
            verification_tag: tag,
            initial_tsn: tsn,
        };
        if !end.chosen.contains(&chosen) {
            end.chosen.push(chosen);
        }
        let ports = [owner, 1 - owner].map(|end| known.ends[end].transport.port);
        let places = self.by_tag.entry((tag.0, ports)).or_default();
        if !places.contains(&(place, owner)) {
            places.push((place, owner));
        }
    }
}
