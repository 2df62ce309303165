//! Packets that were captured at more than one interface.

use std::collections::{HashMap, VecDeque};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use super::ends::Conversation;

/// What is seen again later than this is another packet.
const SOON_NS: u64 = 1_000_000_000;

/// How many packets are remembered.
const REMEMBERED: usize = 4096;

/// Tells the second sight of a packet from a second packet: a copy is seen at
/// another interface, and soon. What one interface shows twice was sent twice.
#[derive(Debug, Default)]
pub(crate) struct Copies {
    /// Where each was seen first, by its fingerprint.
    seen_at: HashMap<u64, usize>,
    /// The same by time.
    in_order: VecDeque<(u64, u64)>,
}

impl Copies {
    /// Whether this one, which an interface sees now (in nanoseconds), was seen
    /// before at another.
    pub(crate) fn has_seen(
        &mut self,
        now: u64,
        interface: usize,
        conversation: Conversation,
        sctp: &[u8],
    ) -> bool {
        while let Some(&(at, fingerprint)) = self.in_order.front() {
            if at.saturating_add(SOON_NS) >= now && self.in_order.len() < REMEMBERED {
                break;
            }
            self.in_order.pop_front();
            self.seen_at.remove(&fingerprint);
        }
        let mut hasher = DefaultHasher::new();
        conversation.hash(&mut hasher);
        hasher.write(sctp);
        let fingerprint = hasher.finish();
        match self.seen_at.get(&fingerprint) {
            Some(first) => *first != interface,
            None => {
                self.seen_at.insert(fingerprint, interface);
                self.in_order.push_back((now, fingerprint));
                false
            }
        }
    }
}
