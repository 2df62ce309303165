//! Reassembles fragmented IP packets.

use std::collections::{BTreeMap, VecDeque};
use std::net::IpAddr;
use std::time::Duration;

use super::LinkType;
use super::fragment::{Fragment, Key};
use super::parts::Parts;

/// Greatest number of bytes that wait for reassembly, as many as Linux holds in a
/// namespace (`ipfrag_high_thresh`). When more arrive, the packets that began first are
/// given up.
const MOST_BYTES: usize = 4 << 20;

/// Time for which the fragments of a packet are waited for, from the first: Linux's
/// `ipfrag_time` for IPv4, and RFC 8200, section 4.5, for IPv6.
const WAIT_IPV4: Duration = Duration::from_secs(30);
const WAIT_IPV6: Duration = Duration::from_secs(60);

/// Reassembles fragmented IP packets.
///
/// A packet with overlapping fragments is given up. RFC 5722 demands that for IPv6, and
/// in IPv4 such fragments only occur in attacks. A fragment that comes twice counts once.
/// Memory is limited to 4 MiB. A packet waits for its fragments as long as at a host: 30 s
/// with IPv4, and 60 s with IPv6.
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
    /// The packets in the order of their first fragments, with their numbers.
    in_order: VecDeque<(usize, Key, u64)>,
    began: u64,
    bytes: usize,
    given_up: u64,
}

/// The result for a frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Put {
    /// The frame has no fragment.
    NoFragment,
    /// The fragment waits for others, or had already arrived.
    Held {
        /// Number of the packet, in the order of first fragments.
        packet: u64,
    },
    /// The fragment completed its packet.
    Whole(Whole),
    /// The fragment overlaps another one, or the whole packet would be a fragment itself.
    /// The packet is given up.
    Refused {
        /// Number of the packet, in the order of first fragments.
        packet: u64,
    },
}

/// A reassembled packet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Whole {
    /// Number of the packet, in the order of first fragments.
    pub packet: u64,
    /// The frame as if the packet had not been fragmented. The headers before the payload
    /// are those of the first fragment.
    pub frame: Vec<u8>,
    /// Offset of the IP packet's payload in the frame.
    pub payload: usize,
    /// Number of fragments.
    pub fragments: usize,
}

impl Whole {
    /// The fragment in `frame`, with its bytes replaced by those of another whole packet
    /// of the same length. `None` if the frame has no fragment of such a packet.
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
    /// Takes a frame that passed `place` at the time `at_ns`: nanoseconds since any moment,
    /// which is the same one for all frames. Fragments from different places are never
    /// joined.
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
            // Only an attack makes fragments of a fragment.
            if Fragment::of(link_type, &whole.frame).is_some() {
                self.given_up += 1;
                return Put::Refused { packet };
            }
            return Put::Whole(whole);
        }
        while self.bytes > MOST_BYTES && self.give_up_first() {}
        Put::Held { packet }
    }

    /// Number of packets that were given up: too late, too many bytes, or overlapping
    /// fragments.
    #[must_use]
    pub fn given_up(&self) -> u64 {
        self.given_up
    }

    /// Number of packets that lack a fragment.
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

    /// Gives up the packet with the earliest first fragment. Returns `false` if there is
    /// none.
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
        // Finished packets are removed from the order lazily, so its length is limited
        // here.
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
