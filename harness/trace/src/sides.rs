//! Two captures of one association, made at two hosts: which is at which, and how far
//! their clocks are apart.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::net::IpAddr;
use std::path::Path;

use recording::PacketView as _;

use super::clock::{Both, Clock};
use super::ends::Conversation;
use super::{CaptureError, open};

/// So many packets of a capture are remembered. Of more it is every second one, every
/// fourth one and so on: in both captures the same.
const SAMPLED: usize = 1 << 16;

/// So many pairs of addresses of a capture are told apart.
const WAYS: usize = 32_768;

/// So many packets that a capture begins with are remembered.
const FIRSTS: usize = 1_024;

/// Clocks tell no shorter times apart.
const LEAST_NS: i64 = 1_000;

/// The source and the destination of packets.
type Between = (IpAddr, IpAddr);

/// Two captures that show the same packets from two places.
#[derive(Clone, Debug)]
pub struct Sides {
    /// The clock of the second beside that of the first.
    pub clock: Clock,
    /// How many packets both show, of those that were compared.
    pub matched: usize,
    /// The addresses at the first capture's end, and at the second's.
    pub(crate) near: [HashSet<IpAddr>; 2],
    /// By source and destination, whether both captures have packets of it.
    pub(crate) shared: HashSet<Between>,
    /// The first and the last packet with SCTP of each, by the first's clock.
    pub(crate) spans: [(u64, u64); 2],
    /// Fingerprints of the packets that each began with.
    firsts: [HashSet<u64>; 2],
}

/// Where one of two captures shows a packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sight {
    /// Where it leaves, so that the other shows whether it arrives.
    Leaving,
    /// Where it arrives, so that the other shows it leaving.
    Arriving,
    /// The other does not show it, for it captured elsewhere, or not at that time.
    Only,
}

/// What is remembered of a capture.
#[derive(Default)]
struct Sample {
    /// By fingerprint: the way and the time, or that several packets have it.
    packets: HashMap<u64, Option<(Between, u64)>>,
    /// Of a fingerprint that many of the last bits are zero.
    bits: u32,
    ways: HashSet<Between>,
    span: Option<(u64, u64)>,
    firsts: HashSet<u64>,
}

impl Sides {
    /// Compares two captures; `None` if they do not show the same packets, or show them
    /// from the same place.
    ///
    /// # Errors
    ///
    /// If a file cannot be opened. What is damaged is compared up to the damage.
    pub fn of(first: &Path, second: &Path) -> Result<Option<Self>, CaptureError> {
        let (first, second) = (Sample::of(first)?, Sample::of(second)?);
        Ok(Self::between(&first, &second))
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
        // Of the way that most is known of, and of the way back.
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

    /// Where a capture shows a packet, at a time by the first's clock.
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
        // The shortest, or a little less.
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

/// By how much the second capture shows packets later than the first: the middle one.
fn ahead(times: &[(u64, u64)]) -> i64 {
    let mut all: Vec<i64> = times
        .iter()
        .map(|(first, second)| (*second as i64).wrapping_sub(*first as i64))
        .collect();
    all.sort_unstable();
    all.get(all.len() / 2).copied().unwrap_or_default()
}

impl Sample {
    fn of(path: &Path) -> Result<Self, CaptureError> {
        let mut sample = Self::default();
        for packet in open(path)?.once() {
            let Ok(packet) = packet else { break };
            let Ok(frame) = packet.frame() else { continue };
            if let Some((conversation, sctp)) = Conversation::of(&frame) {
                sample.take_in(conversation, sctp, packet.at().as_nanos());
            }
        }
        Ok(sample)
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

/// Of a packet, wherever it was captured: the checksum may have been left to a network
/// card.
pub(crate) fn fingerprint(conversation: Conversation, sctp: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    conversation.hash(&mut hasher);
    hasher.write(sctp.get(..8).unwrap_or(sctp));
    hasher.write(sctp.get(12..).unwrap_or_default());
    hasher.finish()
}
