//! Finds the path of each packet of a capture.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use pcapng::Direction;
use wire::frame::Frame;

use super::batch::{Batch, Entry};
use super::copies::link_header;
use super::copies::{Copies, Seen};
use super::ends::Conversation;
use super::placed::place_in;
use super::recent::Recent;

/// The path of each conversation, and the end of the path that sends.
pub(crate) type Places = HashMap<Conversation, (u32, u32)>;

/// Turns the packets of a capture into those that a recording has at the senders: without
/// copies, each at the sending end of its path, with times from the start of the capture.
/// Packets without a known path are left out.
pub(crate) struct Placing {
    places: Arc<Places>,
    start_ns: u64,
    copies: Copies,
    recent: Recent<Conversation, (u32, u32)>,
}

impl Placing {
    pub(crate) fn new(places: Arc<Places>, start_ns: u64) -> Self {
        Self {
            places,
            start_ns,
            copies: Copies::default(),
            recent: Recent::default(),
        }
    }

    pub(crate) fn place(&mut self, batch: &mut Batch) {
        let Batch {
            packets,
            bytes,
            has_many_interfaces,
            ..
        } = batch;
        packets.retain_mut(|entry| {
            let place = self.place_of(entry, bytes, *has_many_interfaces);
            if let Some((interface, sctp)) = place {
                entry.time_ns = entry.time_ns.saturating_sub(self.start_ns);
                entry.interface = interface;
                entry.direction = Some(Direction::Outbound);
                entry.sctp = sctp;
                return true;
            }
            false
        });
    }

    /// The interface that sent the packet, and the place of the SCTP packet in it, if it
    /// has one. An ICMP error is placed like an answer to the packet that it quotes.
    #[inline]
    fn place_of(
        &mut self,
        entry: &Entry,
        bytes: &[u8],
        has_many_interfaces: bool,
    ) -> Option<(usize, Option<Range<usize>>)> {
        let captured = &bytes[entry.bytes.clone()];
        let decoded = Frame::decode_captured(entry.link_type, captured);
        let frame = decoded.as_ref().ok()?;
        let Some((conversation, sctp)) = Conversation::of(frame) else {
            let answered = Conversation::of_icmp(frame)?;
            return Some((self.interface_of(answered)?, None));
        };
        let seen = Seen {
            at: entry.time_ns,
            interface: entry.interface,
            has_many_interfaces,
            link_header: link_header(entry.link_type, captured),
            frame,
            conversation,
            sctp,
        };
        if self.copies.has_seen(&seen) {
            return None;
        }
        Some((
            self.interface_of(conversation)?,
            Some(place_in(bytes, sctp)),
        ))
    }

    #[inline]
    fn interface_of(&mut self, conversation: Conversation) -> Option<usize> {
        let (path, side) = match self.recent.get(&conversation) {
            Some(place) => place,
            None => {
                let place = *self.places.get(&conversation)?;
                self.recent.remember(conversation, place);
                place
            }
        };
        Some(2 * path as usize + side as usize)
    }
}
