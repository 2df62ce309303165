//! Compares two captures of one association, made at two hosts: finds the host of each
//! capture, and the difference between the clocks.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::net::IpAddr;

use recording::PacketView as _;

use super::Capture;
use super::clock::{Both, Clock};
use super::ends::Conversation;

/// Number of packets of a capture that are remembered. Of a longer capture every second
/// packet is kept, every fourth and so on, the same ones in both captures.
const SAMPLED: usize = 1 << 16;

/// Greatest number of address pairs of a capture.
const WAYS: usize = 32_768;

/// Number of packets at the start of a capture that are remembered.
const FIRSTS: usize = 1_024;

/// Least time in which clocks are told apart, in nanoseconds.
const LEAST_NS: i64 = 1_000;

/// Source and destination address of a packet.
type Between = (IpAddr, IpAddr);

/// Two captures that show the same packets from two places.
#[derive(Clone, Debug)]
pub struct Sides {
    /// The second capture's clock relative to the first's.
    pub clock: Clock,
    /// Number of packets in both captures, of those that were compared.
    pub matched: usize,
    /// The addresses at the first capture's end, and at the second's.
    pub(crate) near: [HashSet<IpAddr>; 2],
    /// The address pairs of which both captures have packets.
    pub(crate) shared: HashSet<Between>,
    /// Times of the first and the last SCTP packet of each capture, by the first's clock.
    pub(crate) spans: [(u64, u64); 2],
    /// Fingerprints of the packets at the start of each capture.
    firsts: [HashSet<u64>; 2],
}

/// The role of one of two captures for a packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sight {
    /// The packet leaves there; the other capture shows whether it arrives.
    Leaving,
    /// The packet arrives there; the other capture shows it leaving.
    Arriving,
    /// The other capture cannot show the packet: it was made elsewhere or at another
    /// time.
    Only,
}

/// The packets of a capture that are compared.
#[derive(Default)]
struct Sample {
    /// By fingerprint: the addresses and the time, or `None` if several packets have the
    /// fingerprint.
    packets: HashMap<u64, Option<(Between, u64)>>,
    /// Number of low bits of a fingerprint that must be zero for the packet to be kept.
    bits: u32,
    ways: HashSet<Between>,
    span: Option<(u64, u64)>,
    firsts: HashSet<u64>,
}

impl Sides {
    /// Compares two captures, each up to its damage. `None` if they have no packets in
    /// common, or were made at the same place.
    pub(crate) fn of(first: Capture, second: Capture) -> Option<Self> {
        Self::between(&Sample::of(first), &Sample::of(second))
    }

    fn between(first: &Sample, second: &Sample) -> Option<Self> {
        let mut by_way: HashMap<Between, Vec<(u64, u64)>> = HashMap::new();
        for (fingerprint, known) in &first.packets {
            let Some(Some((way, at))) = second.packets.get(fingerprint) else {
                continue;
            };
            if let Some((_, first_at)) = known {
                by_way.entry(*way).or_default().push((*first_at, *at));
            }
        }
        let matched = by_way.values().map(Vec::len).sum();
        // The address pair with the most packets, and the opposite direction.
        let reference = by_way.iter().max_by_key(|(way, it)| (it.len(), **way));
        let (way, times) = reference?;
        let back = by_way.get(&(way.1, way.0));
        let towards_second = match back {
            Some(back) => {
                let further = ahead(times) - ahead(back);
                if further.abs() < LEAST_NS {
                    return None;
                }
                further > 0
            }
            None => match ahead(times) {
                0 => return None,
                ahead => ahead > 0,
            },
        };
        let pairs = |times: &[(u64, u64)], is_forward| {
            let both = |&(first, second): &(u64, u64)| Both {
                first,
                second,
                is_forward,
            };
            times.iter().map(both).collect::<Vec<_>>()
        };
        let mut all = pairs(times, towards_second);
        all.extend(pairs(back.map_or(&[], Vec::as_slice), !towards_second));
        let clock = Clock::of(&all);
        let mut near: [HashSet<IpAddr>; 2] = Default::default();
        for ((source, destination), times) in &by_way {
            let (from, to) = match ahead(times) > clock.ahead_ns {
                true => (0, 1),
                false => (1, 0),
            };
            near[from].insert(*source);
            near[to].insert(*destination);
        }
        let of_first = |(from, to): (u64, u64)| (clock.of_first(from), clock.of_first(to));
        Some(Self {
            clock,
            matched,
            near,
            shared: first.ways.intersection(&second.ways).copied().collect(),
            spans: [
                first.span.unwrap_or_default(),
                of_first(second.span.unwrap_or_default()),
            ],
            firsts: [first.firsts.clone(), second.firsts.clone()],
        })
    }

    /// The role of a capture for a packet, at a time by the first's clock.
    pub(crate) fn sight(
        &self,
        file: usize,
        at: u64,
        conversation: Conversation,
        sctp: &[u8],
    ) -> Sight {
        let (source, destination) = (conversation.source, conversation.destination);
        let is_shared = self.shared.contains(&(source, destination))
            || self.shared.contains(&(destination, source));
        if !is_shared || file > 1 {
            return Sight::Only;
        }
        let other = 1 - file;
        let (begins, ends) = self.spans[other];
        // The shortest delay, or a little less.
        let way = self.clock.within_ns.unwrap_or_default();
        let way = way.saturating_sub(LEAST_NS.unsigned_abs());
        let is_near = |file: usize, address| self.near[file].contains(&address);
        if is_near(file, source) && !is_near(other, source) {
            let arrives_before =
                at < begins && !self.firsts[other].contains(&fingerprint(conversation, sctp));
            return match arrives_before || at.saturating_add(way) > ends {
                true => Sight::Only,
                false => Sight::Leaving,
            };
        }
        let is_covered = at.saturating_sub(way) >= begins
            && at.saturating_sub(way + 2 * LEAST_NS.unsigned_abs()) <= ends;
        if is_near(other, source) && is_covered {
            return Sight::Arriving;
        }
        Sight::Only
    }
}

/// The median of the times by which the second capture shows packets later than the
/// first.
fn ahead(times: &[(u64, u64)]) -> i64 {
    let mut all: Vec<i64> = times
        .iter()
        .map(|(first, second)| (*second as i64).wrapping_sub(*first as i64))
        .collect();
    all.sort_unstable();
    all.get(all.len() / 2).copied().unwrap_or_default()
}

impl Sample {
    fn of(capture: Capture) -> Self {
        let mut sample = Self::default();
        for packet in capture.once() {
            let Ok(packet) = packet else { break };
            let Ok(frame) = packet.frame() else { continue };
            if let Some((conversation, sctp)) = Conversation::of(&frame) {
                sample.take_in(conversation, sctp, packet.at().as_nanos());
            }
        }
        sample
    }

    fn take_in(&mut self, conversation: Conversation, sctp: &[u8], at: u64) {
        let way = (conversation.source, conversation.destination);
        let (_, last) = self.span.get_or_insert((at, at));
        *last = at.max(*last);
        if self.ways.len() < WAYS {
            self.ways.insert(way);
        }
        let fingerprint = fingerprint(conversation, sctp);
        if self.firsts.len() < FIRSTS {
            self.firsts.insert(fingerprint);
        }
        if fingerprint.trailing_zeros() < self.bits {
            return;
        }
        self.packets
            .entry(fingerprint)
            .and_modify(|it| *it = None)
            .or_insert(Some((way, at)));
        if self.packets.len() > SAMPLED {
            self.bits += 1;
            let bits = self.bits;
            self.packets.retain(|it, _| it.trailing_zeros() >= bits);
        }
    }
}

/// A fingerprint that is the same wherever the packet was captured. It leaves out the
/// checksum, which a network card may fill in later.
pub(crate) fn fingerprint(conversation: Conversation, sctp: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    conversation.hash(&mut hasher);
    hasher.write(sctp.get(..8).unwrap_or(sctp));
    hasher.write(sctp.get(12..).unwrap_or_default());
    hasher.finish()
}
