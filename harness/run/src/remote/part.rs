//! Ends the remaining associations after a run: makes an ABORT for each.

use std::net::IpAddr;

use wire::build::{Item, Kind, Sum, assemble};
use wire::{Chunk, ChunkType, Packet, PartialPacket};

use super::Between;

/// The verification tags that the stack may accept, by the addresses and ports of both
/// sides.
#[derive(Default)]
pub(super) struct Parting {
    tags: Between,
}

impl Parting {
    /// Takes note of a packet of the peer. Its verification tag may be that of an association
    /// that is up.
    pub(super) fn said(&mut self, own: IpAddr, remote: IpAddr, sctp: &[u8]) {
        if let Some(packet) = read(sctp) {
            let tag = packet.verification_tag.0;
            let ports = (packet.source_port, packet.destination_port);
            self.note((own, ports.0, remote, ports.1), tag);
        }
    }

    /// Takes note of a packet of the stack: INIT and INIT ACK name the tag that the stack
    /// accepts.
    pub(super) fn heard(&mut self, own: IpAddr, remote: IpAddr, sctp: &[u8]) {
        let Some(packet) = read(sctp) else {
            return;
        };
        let ports = (packet.destination_port, packet.source_port);
        for chunk in &packet.chunks {
            let tag = match chunk {
                Chunk::Init(it) => it.initiate_tag.0,
                Chunk::InitAck(it) => it.initiate_tag.0,
                _ => continue,
            };
            self.note((own, ports.0, remote, ports.1), tag);
        }
    }

    fn note(&mut self, between: (IpAddr, u16, IpAddr, u16), tag: u32) {
        // No association has the tag 0.
        if tag != 0 {
            self.tags.entry(between).or_default().insert(tag);
        }
    }

    /// An ABORT for each tag. The stack discards an ABORT that belongs to no association
    /// (RFC 9260, section 8.4).
    pub(super) fn packets(&self) -> Vec<(IpAddr, IpAddr, Vec<u8>)> {
        let Ok(abort) = Item::new(Kind::Chunk(ChunkType::Abort)).build() else {
            return Vec::new();
        };
        let each = self.tags.iter().flat_map(|(between, tags)| {
            let abort = &abort;
            tags.iter().map(move |tag| {
                let (own, own_port, remote, port) = *between;
                (
                    own,
                    remote,
                    assemble((own_port, port), *tag, abort, Sum::Good),
                )
            })
        });
        each.collect()
    }
}

fn read(sctp: &[u8]) -> Option<Packet> {
    let bytes = bytes::Bytes::copy_from_slice(sctp);
    let PartialPacket { packet, .. } = Packet::decode_lenient(&bytes).ok()?;
    Some(packet)
}

#[cfg(test)]
mod tests {
    use wire::build::Value;

    use super::*;

    const OWN: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 1));
    const REMOTE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 2));

    /// A packet with one chunk.
    fn packet(ports: (u16, u16), tag: u32, chunk: &Item) -> Vec<u8> {
        assemble(ports, tag, &chunk.build().unwrap(), Sum::Good)
    }

    #[test]
    fn each_tag_that_the_stack_gave_and_each_that_was_used_gets_an_abort() {
        let mut parting = Parting::default();
        let init = Item::new(Kind::Chunk(ChunkType::Init))
            .with("initiate-tag", Value::Number(7))
            .with("a-rwnd", Value::Number(9000))
            .with("outbound-streams", Value::Number(1))
            .with("inbound-streams", Value::Number(1))
            .with("initial-tsn", Value::Number(1));
        parting.said(OWN, REMOTE, &packet((40_000, 5000), 0, &init));
        assert!(parting.packets().is_empty(), "an INIT alone leaves nothing");
        let mut ack = init.clone();
        ack.kind = Kind::Chunk(ChunkType::InitAck);
        let ack = ack.with("initiate-tag", Value::Number(99));
        parting.heard(OWN, REMOTE, &packet((5000, 40_000), 7, &ack));
        let forged = Item::new(Kind::Chunk(ChunkType::CookieAck));
        parting.said(OWN, REMOTE, &packet((40_001, 5000), 5, &forged));
        let packets = parting.packets();
        let read: Vec<(u16, u16, u32)> = packets
            .iter()
            .map(|(own, remote, packet)| {
                assert_eq!((*own, *remote), (OWN, REMOTE));
                let packet = read(packet).unwrap();
                assert_eq!(packet.chunks[0].kind(), ChunkType::Abort);
                (
                    packet.source_port,
                    packet.destination_port,
                    packet.verification_tag.0,
                )
            })
            .collect();
        assert_eq!(read, [(40_000, 5000, 99), (40_001, 5000, 5)]);
    }
}
