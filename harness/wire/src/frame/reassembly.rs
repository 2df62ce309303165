//! Putting fragments of IP packets together.

use std::collections::{BTreeMap, VecDeque};
use std::net::IpAddr;
use std::time::Duration;

use super::LinkType;
use super::fragment::{Fragment, Key};
use super::parts::Parts;

/// So many bytes of fragments are held: as many as Linux holds in a namespace
/// (`ipfrag_high_thresh`). Where more come, the packets that began first are
/// given up.
const MOST_BYTES: usize = 4 << 20;

/// How long the fragments of a packet are waited for, from its first: Linux's
/// `ipfrag_time` for IPv4, and RFC 8200, section 4.5, for IPv6.
const WAIT_IPV4: Duration = Duration::from_secs(30);
const WAIT_IPV6: Duration = Duration::from_secs(60);

/// Puts the fragments of IP packets together.
///
/// Fragments that overlap end their packet (RFC 5722 demands it for IPv6, and
/// nobody sends such in IPv4 but to deceive); one that comes twice counts once.
/// Memory is limited to 4 MiB, and time to what the hosts themselves wait.
///
/// ```
/// use sctp_wire::Frame;
/// use sctp_wire::frame::{LinkType, Put, Reassembly};
///
/// // Two fragments of 8 bytes each, behind IPv4 headers without Ethernet.
/// let header = |place: u8, more: u8| {
///     [0x45, 0, 0, 28, 0, 7, more, place, 64, 132, 0, 0, 10, 0, 1, 1, 10, 0, 1, 2]
/// };
/// let first = [&header(0, 0x20)[..], &[19, 136, 19, 137, 0, 0, 0, 1]].concat();
/// let second = [&header(1, 0)[..], &[0; 8]].concat();
///
/// let mut reassembly = Reassembly::default();
/// assert!(matches!(reassembly.put(0, 0, LinkType::RAW, &first), Put::Held { .. }));
/// let Put::Whole(whole) = reassembly.put(0, 1, LinkType::RAW, &second) else {
///     panic!("both are there");
/// };
/// assert_eq!(whole.fragments, 2);
/// assert_eq!(Frame::decode_ip(&whole.frame)?.sctp().map(<[u8]>::len), Some(16));
/// # Ok::<(), sctp_wire::frame::FrameError>(())
/// ```
#[derive(Debug, Default)]
pub struct Reassembly {
    packets: BTreeMap<(usize, Key), Parts>,
    /// In the order in which they began, with the number of each.
    in_order: VecDeque<(usize, Key, u64)>,
    began: u64,
    bytes: usize,
    given_up: u64,
}

/// What came of a frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Put {
    /// It holds no fragment.
    NoFragment,
    /// Its fragment waits for others, or was there already.
    Held {
        /// The packet's number among those that began.
        packet: u64,
    },
    /// Its fragment was the last that was missing.
    Whole(Whole),
    /// Its fragment overlaps another one, or what they become is a fragment itself:
    /// their packet is given up.
    Refused {
        /// The packet's number among those that began.
        packet: u64,
    },
}

/// A packet that came in fragments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Whole {
    /// The packet's number among those that began.
    pub packet: u64,
    /// The frame as if it had come in one: what stands before the payload is the
    /// first fragment's.
    pub frame: Vec<u8>,
    /// Where in it the payload of the IP packet begins.
    pub payload: usize,
    /// In how many fragments it came.
    pub fragments: usize,
}

impl Whole {
    /// One of its fragments, with the bytes that another whole packet of the same
    /// length has there. `None` if it is no fragment of such a packet.
    #[must_use]
    pub fn cut_again(&self, other: &[u8], link_type: LinkType, frame: &[u8]) -> Option<Vec<u8>> {
        let Fragment {
            offset, payload, ..
        } = Fragment::of(link_type, frame)?;
        let start = self.payload + offset;
        let mut cut = frame.to_vec();
        let bytes = other.get(start..start + payload.len())?;
        cut[payload].copy_from_slice(bytes);
        Some(cut)
    }
}

impl Reassembly {
    /// Takes a frame that passed at this time. `place` tells where: what was seen
    /// at two places is never put together.
    pub fn put(&mut self, place: usize, at_ns: u64, link_type: LinkType, frame: &[u8]) -> Put {
        let Some(fragment) = Fragment::of(link_type, frame) else {
            return Put::NoFragment;
        };
        self.give_up_late(at_ns);
        let key = (place, fragment.key);
        let parts = self.packets.entry(key).or_insert_with(|| {
            self.began += 1;
            self.in_order.push_back((place, fragment.key, self.began));
            Parts::new(self.began, at_ns)
        });
        let (packet, before) = (parts.number, parts.bytes);
        let is_fine = parts.take(&fragment, frame);
        self.bytes += parts.bytes - before;
        if !is_fine {
            self.give_up(key);
            return Put::Refused { packet };
        }
        if let Some(whole) = parts.whole() {
            self.forget(key);
            // Nobody takes a fragment apart but to deceive.
            if Fragment::of(link_type, &whole.frame).is_some() {
                self.given_up += 1;
                return Put::Refused { packet };
            }
            return Put::Whole(whole);
        }
        while self.bytes > MOST_BYTES && self.give_up_first() {}
        Put::Held { packet }
    }

    /// How many packets were given up: too late, too much, or fragments that
    /// overlap.
    #[must_use]
    pub fn given_up(&self) -> u64 {
        self.given_up
    }

    /// How many packets lack a fragment.
    #[must_use]
    pub fn incomplete(&self) -> usize {
        self.packets.len()
    }

    fn give_up_late(&mut self, now_ns: u64) {
        while let Some((place, key, number)) = self.in_order.front().copied() {
            let wait = match key.source {
                IpAddr::V4(_) => WAIT_IPV4,
                IpAddr::V6(_) => WAIT_IPV6,
            };
            match self.packets.get(&(place, key)) {
                Some(parts) if parts.number == number => {
                    let waited = Duration::from_nanos(now_ns.saturating_sub(parts.since_ns));
                    if waited <= wait {
                        return;
                    }
                    self.give_up((place, key));
                }
                _ => {}
            }
            self.in_order.pop_front();
        }
    }

    /// Gives up the packet that began first; `false` if there is none.
    fn give_up_first(&mut self) -> bool {
        while let Some((place, key, number)) = self.in_order.pop_front() {
            if self.packets.get(&(place, key)).map(|it| it.number) == Some(number) {
                self.give_up((place, key));
                return true;
            }
        }
        false
    }

    fn give_up(&mut self, key: (usize, Key)) {
        self.given_up += 1;
        self.forget(key);
    }

    fn forget(&mut self, key: (usize, Key)) {
        if let Some(parts) = self.packets.remove(&key) {
            self.bytes -= parts.bytes;
        }
        // Those that are forgotten leave the order later: not too many of them.
        if self.in_order.len() > 2 * self.packets.len() + 64 {
            let packets = &self.packets;
            self.in_order.retain(|(place, key, number)| {
                packets.get(&(*place, *key)).map(|it| it.number) == Some(*number)
            });
        }
    }
}

#[cfg(test)]
mod tests;
