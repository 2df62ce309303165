//! Putting fragments of IP packets together.

use std::collections::{BTreeMap, VecDeque};
use std::net::IpAddr;
use std::time::Duration;

use super::LinkType;
use super::fragment::{Fragment, Key};

/// So many bytes of fragments are held: as many as Linux holds in a namespace
/// (`ipfrag_high_thresh`). Where more come, the packets that began first are
/// given up.
const MOST_BYTES: usize = 4 << 20;

/// What is counted for a fragment besides its bytes.
const AROUND: usize = 96;

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

/// The fragments of a packet that are there.
#[derive(Debug)]
struct Parts {
    number: u64,
    since_ns: u64,
    /// What stands before the payload, once the first fragment is there.
    head: Option<Vec<u8>>,
    /// Where in that the IP header begins.
    ip: usize,
    /// By where they belong.
    parts: BTreeMap<usize, Vec<u8>>,
    /// Of the payload, once the last fragment is there.
    length: Option<usize>,
    /// As they are counted.
    bytes: usize,
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

impl Parts {
    fn new(number: u64, since_ns: u64) -> Self {
        Self {
            number,
            since_ns,
            head: None,
            ip: 0,
            parts: BTreeMap::new(),
            length: None,
            bytes: 0,
        }
    }

    /// Takes a fragment; `false` if it contradicts another one.
    fn take(&mut self, fragment: &Fragment, frame: &[u8]) -> bool {
        let bytes = &frame[fragment.payload.clone()];
        let end = fragment.offset + bytes.len();
        if self
            .parts
            .get(&fragment.offset)
            .is_some_and(|it| it == bytes)
        {
            return true;
        }
        let before = self.parts.range(..=fragment.offset).next_back();
        let overlaps_before = before.is_some_and(|(at, part)| at + part.len() > fragment.offset);
        let behind = self.parts.range(fragment.offset..).next();
        let overlaps_behind = behind.is_some_and(|(at, _)| *at < end);
        let last = self.parts.last_key_value();
        let greatest = last.map_or(0, |(at, part)| at + part.len()).max(end);
        let length = match fragment.has_more {
            true => self.length,
            false => Some(*self.length.get_or_insert(end)),
        };
        let contradicts = length.is_some_and(|length| greatest > length);
        let is_second_end = !fragment.has_more && length != Some(end);
        if overlaps_before || overlaps_behind || contradicts || is_second_end {
            return false;
        }
        if fragment.offset == 0 {
            let head = head(fragment, frame);
            self.bytes += head.len();
            self.head = Some(head);
            self.ip = fragment.ip;
        }
        self.bytes += bytes.len() + AROUND;
        self.parts.insert(fragment.offset, bytes.to_vec());
        true
    }

    /// The packet, if all is there.
    fn whole(&self) -> Option<Whole> {
        let (head, length) = (self.head.as_ref()?, self.length?);
        let there: usize = self.parts.values().map(Vec::len).sum();
        if there != length {
            return None;
        }
        let mut frame = head.clone();
        frame.extend(self.parts.values().flatten());
        seal(&mut frame, self.ip)?;
        Some(Whole {
            packet: self.number,
            frame,
            payload: head.len(),
            fragments: self.parts.len(),
        })
    }
}

/// What stands before the payload, as if the packet had never been taken apart.
fn head(fragment: &Fragment, frame: &[u8]) -> Vec<u8> {
    let mut head = frame[..fragment.payload.start].to_vec();
    match fragment.header {
        // RFC 8200, section 4.5: the header that leads to the fragment header
        // leads to what comes behind it.
        Some((at, leads)) => {
            head[leads] = head[at];
            head.drain(at..at + 8);
        }
        None => head[fragment.ip + 6..fragment.ip + 8].fill(0),
    }
    head
}

/// Writes the length and the checksum of the IP header; `None` if the packet is
/// too long for one.
fn seal(frame: &mut [u8], ip: usize) -> Option<()> {
    let length = frame.len() - ip;
    if frame[ip] >> 4 == 6 {
        let length = u16::try_from(length - 40).ok()?;
        frame[ip + 4..ip + 6].copy_from_slice(&length.to_be_bytes());
        return Some(());
    }
    let length = u16::try_from(length).ok()?;
    frame[ip + 2..ip + 4].copy_from_slice(&length.to_be_bytes());
    frame[ip + 10..ip + 12].fill(0);
    let header = ip..ip + usize::from(frame[ip] & 0x0f) * 4;
    // RFC 791, section 3.1: the complement of the ones' complement sum.
    let mut sum: u32 = 0;
    for word in frame[header].as_chunks::<2>().0 {
        sum += u32::from(u16::from_be_bytes(*word));
    }
    while sum > 0xffff {
        sum = (sum & 0xffff) + (sum >> 16);
    }
    let checksum = !(sum as u16);
    frame[ip + 10..ip + 12].copy_from_slice(&checksum.to_be_bytes());
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::frame::{Envelope, Frame};

    const SCTP: usize = 3000;
    const HELD: Put = Put::Held { packet: 1 };
    const REFUSED: Put = Put::Refused { packet: 1 };

    fn whole(is_v6: bool) -> Vec<u8> {
        let sctp: Vec<u8> = (0..SCTP).map(|it| it as u8).collect();
        let ends: [IpAddr; 2] = match is_v6 {
            true => [
                [0xfd, 0, 0, 0, 0, 0, 0, 1].into(),
                [0xfd, 0, 0, 0, 0, 0, 0, 2].into(),
            ],
            false => [[10, 0, 1, 1].into(), [10, 0, 1, 2].into()],
        };
        let envelope = Envelope::new(ends[0], ends[1]);
        envelope.encode_sctp(&sctp).unwrap()
    }

    /// A part of the payload, as its own frame.
    fn part(is_v6: bool, from: usize, to: usize) -> Vec<u8> {
        let frame = whole(is_v6);
        let head = if is_v6 { 54 } else { 34 };
        let (mut start, payload) = (frame[..head].to_vec(), &frame[head..]);
        let more = to < payload.len();
        let place = (from / 8) as u16;
        if is_v6 {
            let length = (8 + to - from) as u16;
            start[18..20].copy_from_slice(&length.to_be_bytes());
            start[20] = 44;
            let place = (place << 3 | u16::from(more)).to_be_bytes();
            start.extend([132, 0, place[0], place[1], 0, 0, 0, 9]);
        } else {
            let length = (20 + to - from) as u16;
            start[16..18].copy_from_slice(&length.to_be_bytes());
            let place = (place | u16::from(more) << 13).to_be_bytes();
            start[18..22].copy_from_slice(&[0, 9, place[0], place[1]]);
        }
        start.extend(&payload[from..to]);
        start
    }

    fn put(reassembly: &mut Reassembly, at_ns: u64, frame: &[u8]) -> Put {
        reassembly.put(0, at_ns, LinkType::ETHERNET, frame)
    }

    #[test]
    fn fragments_become_the_packet_in_any_order() {
        for is_v6 in [false, true] {
            let cuts = [(0, 1000), (1000, 2000), (2000, SCTP)];
            for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0], [1, 0, 2]] {
                let mut reassembly = Reassembly::default();
                let parts = order.map(|it: usize| part(is_v6, cuts[it].0, cuts[it].1));
                assert_eq!(put(&mut reassembly, 0, &parts[0]), HELD);
                // What comes twice counts once.
                assert_eq!(put(&mut reassembly, 0, &parts[0]), HELD);
                assert_eq!(put(&mut reassembly, 0, &parts[1]), HELD);
                let Put::Whole(found) = put(&mut reassembly, 0, &parts[2]) else {
                    panic!("all are there");
                };
                assert_eq!(found.fragments, 3);
                let whole = whole(is_v6);
                assert_eq!(found.frame.len(), whole.len());
                let decoded = [&found.frame, &whole].map(|it| Frame::decode(it).unwrap());
                assert_eq!(decoded[0].sctp(), decoded[1].sctp());
                assert_eq!(decoded[0].envelope(), decoded[1].envelope());
                // Cut again, its fragments are what they were.
                for part in &parts {
                    let again = found.cut_again(&found.frame, LinkType::ETHERNET, part);
                    assert_eq!(again.as_ref(), Some(part));
                }
                assert_eq!((reassembly.incomplete(), reassembly.bytes), (0, 0));
            }
        }
    }

    #[test]
    fn what_overlaps_is_refused() {
        for is_v6 in [false, true] {
            for wrong in [(8, 1008), (992, 1500), (800, SCTP)] {
                let mut reassembly = Reassembly::default();
                put(&mut reassembly, 0, &part(is_v6, 0, 1000));
                let wrong = part(is_v6, wrong.0 / 8 * 8, wrong.1 / 8 * 8);
                assert_eq!(put(&mut reassembly, 0, &wrong), REFUSED, "{is_v6}");
                assert_eq!((reassembly.given_up(), reassembly.bytes), (1, 0));
            }
        }
    }

    #[test]
    fn a_fragment_in_fragments_is_refused() {
        let mut reassembly = Reassembly::default();
        // Of either, the header behind the fragment header is one more of it.
        let parts = [(0, 1000), (1000, SCTP)].map(|(from, to)| {
            let mut part = part(true, from, to);
            part[54] = 44;
            part
        });
        assert_eq!(put(&mut reassembly, 0, &parts[0]), HELD);
        assert_eq!(put(&mut reassembly, 0, &parts[1]), REFUSED);
    }

    #[test]
    fn what_comes_too_late_or_elsewhere_is_of_another_packet() {
        let mut reassembly = Reassembly::default();
        put(&mut reassembly, 0, &part(false, 0, 1000));
        let rest = part(false, 1000, SCTP);
        let elsewhere = reassembly.put(1, 0, LinkType::ETHERNET, &rest);
        assert_eq!(elsewhere, Put::Held { packet: 2 });
        let late = put(&mut reassembly, 31_000_000_000, &rest);
        assert_eq!(late, Put::Held { packet: 3 });
        assert_eq!(reassembly.given_up(), 2);
    }

    #[test]
    fn memory_is_limited_however_many_packets_lack_a_fragment() {
        let mut reassembly = Reassembly::default();
        let first = part(false, 0, 1000);
        for number in 0..20_000_u32 {
            let mut frame = first.clone();
            frame[18..20].copy_from_slice(&(number as u16).to_be_bytes());
            frame[26..30].copy_from_slice(&number.to_be_bytes());
            put(&mut reassembly, 0, &frame);
            assert!(reassembly.bytes <= MOST_BYTES);
        }
        assert!(reassembly.given_up() > 10_000);
        assert!(reassembly.in_order.len() <= 2 * reassembly.incomplete() + 64);
    }

    #[test]
    fn a_whole_packet_and_a_cut_one_are_no_fragments() {
        let mut reassembly = Reassembly::default();
        assert_eq!(put(&mut reassembly, 0, &whole(false)), Put::NoFragment);
        let fragment = part(true, 0, 1000);
        for length in 0..fragment.len() {
            let cut = put(&mut reassembly, 0, &fragment[..length]);
            assert_eq!(cut, Put::NoFragment);
        }
    }
}
