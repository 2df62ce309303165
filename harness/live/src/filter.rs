//! Filters for the packets of a live capture.

use std::collections::BTreeSet;

use pcapng::{CapturedPacket, Interface};
use wire::frame::Frame;
use wire::{ChunkType, Packet};

use super::header::host_and_link;

/// Takes a packet if each set of the filter is empty or has the packet's value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// The hosts at whose interfaces packets are taken.
    pub hosts: BTreeSet<String>,
    /// The links whose packets are taken, by the names of their interfaces.
    pub links: BTreeSet<String>,
    /// The chunk types of which a packet must have one.
    pub chunks: BTreeSet<ChunkType>,
}

impl Filter {
    /// Whether the filter takes a packet that was captured at this interface.
    #[must_use]
    pub fn takes(&self, interface: &Interface, packet: &CapturedPacket) -> bool {
        let (host, link) = host_and_link(interface);
        (self.hosts.is_empty() || self.hosts.contains(host))
            && (self.links.is_empty() || self.links.contains(link))
            && (self.chunks.is_empty() || self.has_a_chunk(interface, packet))
    }

    fn has_a_chunk(&self, interface: &Interface, packet: &CapturedPacket) -> bool {
        let frame = Frame::decode_captured(interface.link_type, &packet.bytes);
        let sctp = frame.ok().and_then(|frame| frame.sctp());
        let sctp = sctp.map(|sctp| packet.bytes.slice_ref(sctp));
        // A packet that cannot be decoded to its end may have a wanted chunk before that.
        let decoded = sctp.and_then(|sctp| Packet::decode_lenient(&sctp).ok());
        let chunks = decoded.map(|decoded| decoded.packet.chunks);
        let mut chunks = chunks.into_iter().flatten();
        chunks.any(|chunk| self.chunks.contains(&chunk.kind()))
    }
}

#[cfg(test)]
mod tests {
    use pcapng::InterfaceId;

    use super::*;

    fn set<T: Ord>(items: impl IntoIterator<Item = T>) -> BTreeSet<T> {
        items.into_iter().collect()
    }

    #[test]
    fn sets_that_are_empty_take_all_and_others_what_they_hold() {
        let interface = Interface::ethernet("client/path-a");
        let packet = CapturedPacket::new(InterfaceId(0), 0, vec![0; 60]);
        let takes = |filter: Filter| filter.takes(&interface, &packet);
        assert!(takes(Filter::default()));
        let filter = Filter {
            hosts: set(["client".to_owned(), "server".to_owned()]),
            links: set(["path-a".to_owned()]),
            ..Filter::default()
        };
        assert!(takes(filter.clone()));
        assert!(!takes(Filter {
            hosts: set(["server".to_owned()]),
            ..filter.clone()
        }));
        assert!(!takes(Filter {
            links: set(["path-b".to_owned()]),
            ..filter.clone()
        }));
        // The packet has no chunk at all.
        assert!(!takes(Filter {
            chunks: set([ChunkType::Data]),
            ..filter
        }));
    }
}
