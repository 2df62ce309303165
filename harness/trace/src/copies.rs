//! Copies: packets that were captured more than once.

use std::collections::{HashMap, VecDeque};

use wire::frame::{Frame, LinkType};

use super::batch::Batch;
use super::ends::Conversation;
use super::sides::fingerprint;

/// A packet that another interface captures later than this is no copy.
const SOON_NS: u64 = 1_000_000_000;

/// A packet that the same interface captures later than this is no copy.
const AT_ONCE_NS: u64 = 10_000_000;

/// Number of packets that are remembered.
const REMEMBERED: usize = 4096;

/// Number of the last packets with which a packet of the same interface is compared.
const LATEST: usize = 16;

/// Number of bytes of an SCTP packet that are compared: the common header with the
/// checksum, and the header of the first chunk with its TSN.
const COMPARED: usize = 24;

/// Length of the longest header before an IP packet.
const LINK_HEADER: usize = 20;

/// A captured packet, as far as it is compared with others.
pub(crate) struct Seen<'p> {
    /// Time of the capture, in nanoseconds.
    pub(crate) at: u64,
    pub(crate) interface: usize,
    /// Whether the capture has more than this one interface.
    pub(crate) has_many_interfaces: bool,
    /// The header before the IP packet. Where several interfaces are captured as one,
    /// this header tells which of them, and which direction.
    pub(crate) link_header: &'p [u8],
    pub(crate) frame: &'p Frame<'p>,
    pub(crate) conversation: Conversation,
    pub(crate) sctp: &'p [u8],
}

/// Tells a copy of a packet from a second packet.
///
/// Another interface captures a copy shortly after the first interface. The same interface
/// captures a copy at once if it stands for several, as Linux's `any` does, or if a switch
/// mirrors both directions to it. Such a copy has the same IP identification or, where IP
/// has none, another link header. A retransmission is an IP packet of its own.
#[derive(Debug, Default)]
pub(crate) struct Copies {
    /// The interface that captured each packet first, by the packet's fingerprint.
    seen_at: HashMap<u64, usize>,
    /// The same packets in the order of time.
    in_order: VecDeque<(u64, u64)>,
    /// The last packets, of whatever interface.
    latest: [Option<Latest>; LATEST],
    oldest: usize,
}

#[derive(Clone, Copy, Debug)]
struct Latest {
    at: u64,
    interface: usize,
    identification: u16,
    length: usize,
    beginning: [u8; COMPARED],
    link_header: [u8; LINK_HEADER],
}

impl Copies {
    /// Whether this packet was captured before.
    pub(crate) fn has_seen(&mut self, seen: &Seen<'_>) -> bool {
        self.has_seen_here(seen) || seen.has_many_interfaces && self.has_seen_elsewhere(seen)
    }

    /// Removes from a batch the packets that were captured before.
    pub(crate) fn leave_out_of(&mut self, batch: &mut Batch) {
        let Batch {
            packets,
            bytes,
            has_many_interfaces,
            copies,
        } = batch;
        let all = packets.len();
        packets.retain(|entry| {
            let captured = &bytes[entry.bytes.clone()];
            let Ok(frame) = Frame::decode_captured(entry.link_type, captured) else {
                return true;
            };
            let Some((conversation, sctp)) = Conversation::of(&frame) else {
                return true;
            };
            !self.has_seen(&Seen {
                at: entry.time_ns,
                interface: entry.interface,
                has_many_interfaces: *has_many_interfaces,
                link_header: link_header(entry.link_type, captured),
                frame: &frame,
                conversation,
                sctp,
            })
        });
        *copies += (all - packets.len()) as u64;
    }

    fn has_seen_here(&mut self, seen: &Seen<'_>) -> bool {
        let (mut beginning, mut link_header) = ([0; COMPARED], [0; LINK_HEADER]);
        fill(&mut beginning, seen.sctp);
        fill(&mut link_header, seen.link_header);
        let this = Latest {
            at: seen.at,
            interface: seen.interface,
            identification: seen.frame.identification,
            length: seen.sctp.len(),
            beginning,
            link_header,
        };
        if self.latest.iter().flatten().any(|it| this.is_copy_of(it)) {
            return true;
        }
        self.latest[self.oldest] = Some(this);
        self.oldest = (self.oldest + 1) % LATEST;
        false
    }

    /// Whether another interface has captured this packet.
    pub(crate) fn has_seen_elsewhere(&mut self, seen: &Seen<'_>) -> bool {
        while let Some(&(at, fingerprint)) = self.in_order.front() {
            if at.saturating_add(SOON_NS) >= seen.at && self.in_order.len() < REMEMBERED {
                break;
            }
            self.in_order.pop_front();
            self.seen_at.remove(&fingerprint);
        }
        let fingerprint = fingerprint(seen.conversation, seen.sctp);
        match self.seen_at.get(&fingerprint) {
            Some(first) => *first != seen.interface,
            None => {
                self.seen_at.insert(fingerprint, seen.interface);
                self.in_order.push_back((seen.at, fingerprint));
                false
            }
        }
    }
}

/// Copies as many bytes as `room` has place for.
fn fill(room: &mut [u8], from: &[u8]) {
    let length = room.len().min(from.len());
    room[..length].copy_from_slice(&from[..length]);
}

impl Latest {
    #[inline]
    fn is_copy_of(&self, first: &Self) -> bool {
        let is_same_packet = match self.identification {
            0 => self.link_header != first.link_header,
            _ => true,
        };
        self.identification == first.identification
            && self.beginning == first.beginning
            && self.length == first.length
            && self.interface == first.interface
            && self.at.saturating_sub(first.at) <= AT_ONCE_NS
            && is_same_packet
    }
}

/// The header before the IP packet, for link types whose header has a fixed length.
pub(crate) fn link_header(link_type: LinkType, bytes: &[u8]) -> &[u8] {
    let length = link_type.header_length().unwrap_or_default();
    bytes.get(..length).unwrap_or_default()
}
