//! Address translation: finds packets that were captured before and after a box that
//! changes addresses or ports, and gives them the addresses that they had first.

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;

use recording::PacketView as _;
use wire::checksum_is_good;
use wire::edit::repair_checksum;
use wire::frame::Frame;

use super::batch::{Batch, Entry};
use super::ends::Conversation;
use super::open::opened;
use super::placed::place_in;
use super::{CaptureError, Packet};

/// So many packets with SCTP from the beginning of each capture are compared.
const COMPARED: u64 = 1 << 16;

/// So many translations are found, and so many places of the same packet are remembered.
const FOUND: usize = 1024;
const PLACES: usize = 4;

/// A verification tag that is at least so high was chosen by chance: two packets that have
/// it and the same chunks are one.
const BY_CHANCE: u32 = 1 << 16;

/// So many packets in common are no chance.
const MANY: u64 = 3;

/// An end of an association, seen under two addresses.
///
/// Only the end of one side is changed: a box that changes both ends of a packet is not
/// found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Translation {
    /// The address and port that are shown: those of the capture that was given first.
    pub shown: SocketAddr,
    /// Those that stand in the other one.
    pub instead_of: SocketAddr,
    /// The other end of the association.
    pub peer: SocketAddr,
    /// Number of packets that are there with both, as far as the captures were compared.
    pub packets: u64,
    /// Whether both are one end for certain. If not, the packets stay as they were
    /// captured.
    pub is_certain: bool,
}

impl fmt::Display for Translation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            shown,
            instead_of,
            peer,
            packets,
            is_certain,
        } = self;
        match is_certain {
            true => write!(
                f,
                "{instead_of} is {shown} behind an address translation: packets between it and {peer} are shown with {shown}"
            ),
            false => write!(
                f,
                "{instead_of} may be {shown} behind an address translation, for {packets} of the packets between it and {peer} are the same: it is taken for another"
            ),
        }
    }
}

/// The translations that several captures show, or several interfaces of one.
#[derive(Clone, Debug, Default)]
pub(crate) struct Translations {
    /// All of them, those that have most packets in common first.
    pub(crate) found: Vec<Translation>,
    /// By the end that is seen instead, and its peer: the end that is shown.
    shown: HashMap<(SocketAddr, SocketAddr), SocketAddr>,
    /// Where they are seen instead. Elsewhere the same end is a fault to be seen: a box
    /// that does not turn answers back.
    places: HashSet<(At, SocketAddr, SocketAddr)>,
}

/// A place at which packets are captured: the number of the capture and the interface.
type At = (usize, usize);

impl Translations {
    /// Compares the captures. One that cannot be read is compared up to its damage.
    ///
    /// # Errors
    ///
    /// If a file cannot be opened.
    pub(crate) fn of(files: &[PathBuf]) -> Result<Arc<Self>, CaptureError> {
        // What comes through a pipe can be read once.
        if !files.iter().all(|it| it.is_file()) {
            return Ok(Arc::default());
        }
        let mut seen = Seen::default();
        for (number, file) in files.iter().enumerate() {
            let capture = opened(file)?;
            if files.len() < 2 && !capture.has_many_interfaces() {
                return Ok(Arc::default());
            }
            let mut compared = 0;
            for packet in capture.whole_packets().map_while(Result::ok) {
                if seen.take_in(number, &packet) {
                    compared += 1;
                }
                if compared == COMPARED {
                    break;
                }
            }
        }
        Ok(Arc::new(seen.into_translations()))
    }

    /// The end that is shown for one that is seen at a place.
    fn shown(&self, at: At, end: SocketAddr, peer: SocketAddr) -> SocketAddr {
        if !self.places.contains(&(at, end, peer)) {
            return end;
        }
        let mut end = end;
        // Several boxes may stand in a row.
        for _ in 0..PLACES {
            match self.shown.get(&(end, peer)) {
                Some(shown) => end = *shown,
                None => break,
            }
        }
        end
    }

    /// Gives the packets of a batch the addresses and ports that are shown. The batch is of
    /// the capture with this number.
    pub(crate) fn turn_back(&self, file: usize, batch: &mut Batch) {
        if self.shown.is_empty() {
            return;
        }
        let Batch { packets, bytes, .. } = batch;
        for entry in packets {
            if let Some(turned) = self.turned_back(file, entry, bytes) {
                let start = bytes.len();
                bytes.extend(turned);
                entry.bytes = start..bytes.len();
            }
        }
    }

    /// The bytes of a packet with other addresses and ports; `None` if it has those that
    /// are shown. The checksum of IPv4 stays as it is.
    fn turned_back(&self, file: usize, entry: &Entry, bytes: &[u8]) -> Option<Vec<u8>> {
        let captured = &bytes[entry.bytes.clone()];
        let frame = Frame::decode_captured(entry.link_type, captured).ok()?;
        let (conversation, sctp) = Conversation::of(&frame)?;
        let [source, destination] = ends(conversation);
        let at = (file, entry.interface);
        let new = [
            self.shown(at, source, destination),
            self.shown(at, destination, source),
        ];
        if new == [source, destination] {
            return None;
        }
        let mut turned = captured.to_vec();
        let sctp = place_in(captured, sctp);
        // Both IP headers end with the source and the destination address, but for options.
        let old = both(source.ip(), destination.ip());
        let mut header = captured[..sctp.start].windows(old.len()).enumerate();
        let (place, _) = header.rfind(|(_, it)| *it == old)?;
        let addresses = both(new[0].ip(), new[1].ip());
        turned[place..place + old.len()].copy_from_slice(&addresses);
        let was_good = checksum_is_good(&captured[sctp.clone()]);
        let packet = &mut turned[sctp];
        packet[..2].copy_from_slice(&new[0].port().to_be_bytes());
        packet[2..4].copy_from_slice(&new[1].port().to_be_bytes());
        if was_good {
            repair_checksum(packet);
        }
        Some(turned)
    }
}

/// A place at which a packet was captured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Sight {
    at: At,
    ends: [SocketAddr; 2],
    checksum: Option<[u8; 4]>,
}

/// What the captures have in common.
#[derive(Debug, Default)]
struct Seen {
    /// By the tag and the chunks.
    packets: HashMap<u64, Vec<Sight>>,
    /// Number of different packets between two ends, in either direction.
    between: HashMap<[SocketAddr; 2], u64>,
    /// Number of packets that are there with both of two ends, which have this peer.
    common: HashMap<[SocketAddr; 3], Common>,
}

#[derive(Debug, Default)]
struct Common {
    packets: u64,
    /// Where the second of the ends is seen.
    places: HashSet<At>,
}

impl Seen {
    /// Returns whether the packet has SCTP.
    fn take_in(&mut self, file: usize, packet: &Packet) -> bool {
        let Ok(frame) = packet.frame() else {
            return false;
        };
        let Some((conversation, sctp)) = Conversation::of(&frame) else {
            return false;
        };
        let Some(content) = content(sctp) else {
            return true;
        };
        let sight = Sight {
            at: (file, packet.interface()),
            ends: ends(conversation),
            checksum: sctp.get(8..12).and_then(|it| it.try_into().ok()),
        };
        let known = self.packets.entry(content).or_default();
        if known.len() >= PLACES || known.iter().any(|it| it.ends == sight.ends) {
            return true;
        }
        *self.between.entry(in_order(sight.ends)).or_default() += 1;
        for other in known.iter().filter(|it| it.at != sight.at) {
            let Some(pair) = translated(other, &sight) else {
                continue;
            };
            let [shown, instead_of, peer] = pair;
            let turned = [instead_of, shown, peer];
            let (pair, place) = match self.common.contains_key(&turned) {
                true => (turned, other.at),
                false => (pair, sight.at),
            };
            if self.common.len() < FOUND || self.common.contains_key(&pair) {
                let common = self.common.entry(pair).or_default();
                common.packets += 1;
                common.places.insert(place);
            }
        }
        known.push(sight);
        true
    }

    fn into_translations(self) -> Translations {
        let (mut found, mut places) = (Vec::new(), HashSet::new());
        for ([shown, instead_of, peer], common) in self.common {
            let packets = common.packets;
            let all = |end| {
                let all = self.between.get(&in_order([end, peer]));
                all.copied().unwrap_or_default()
            };
            let all = all(shown).min(all(instead_of));
            // An association keeps its ports. Where they stay the same, a host may send a
            // packet again from another of its addresses: then others have no such copy.
            let has_other_port = shown.port() != instead_of.port();
            let is_many = packets >= MANY;
            let is_certain = is_many && (has_other_port || 10 * packets >= 9 * all);
            let is_possible = has_other_port || is_many && 2 * packets >= all;
            if is_certain {
                let at = common.places.into_iter();
                places.extend(at.map(|at| (at, instead_of, peer)));
            }
            if is_possible {
                found.push(Translation {
                    shown,
                    instead_of,
                    peer,
                    packets,
                    is_certain,
                });
            }
        }
        found.sort_by_key(|it: &Translation| {
            (
                std::cmp::Reverse(it.packets),
                it.shown,
                it.instead_of,
                it.peer,
            )
        });
        let mut shown = HashMap::new();
        for it in found.iter().filter(|it| it.is_certain) {
            shown.entry((it.instead_of, it.peer)).or_insert(it.shown);
        }
        Translations {
            found,
            shown,
            places,
        }
    }
}

/// What stays the same where addresses and ports are changed: the tag and the chunks.
/// `None` where that may be the same by chance.
fn content(sctp: &[u8]) -> Option<u64> {
    const INIT: u8 = 1;
    let tag: [u8; 4] = sctp.get(4..8)?.try_into().ok()?;
    let is_init = *sctp.get(12)? == INIT && sctp.len() >= 20;
    if u32::from_be_bytes(tag) < BY_CHANCE && !is_init {
        return None;
    }
    let mut hasher = DefaultHasher::new();
    tag.hash(&mut hasher);
    hasher.write(&sctp[12..]);
    Some(hasher.finish())
}

/// The end that is shown, the other one and their peer, if one end of the packet was
/// changed.
fn translated(first: &Sight, second: &Sight) -> Option<[SocketAddr; 3]> {
    let changed = match [0, 1].map(|it| first.ends[it] != second.ends[it]) {
        [true, false] => 0,
        [false, true] => 1,
        _ => return None,
    };
    let (shown, instead_of) = (first.ends[changed], second.ends[changed]);
    let has_other_port = shown.port() != instead_of.port();
    // A box that keeps the checksum of another port makes a packet that nobody takes: that
    // is a fault to be seen, and no copy.
    let is_kept = first.checksum == second.checksum && first.checksum != Some([0; 4]);
    let is_broken = has_other_port && is_kept;
    let is_possible = shown.is_ipv4() == instead_of.is_ipv4() && !is_broken;
    is_possible.then_some([shown, instead_of, first.ends[1 - changed]])
}

fn ends(it: Conversation) -> [SocketAddr; 2] {
    [
        SocketAddr::new(it.source, it.source_port),
        SocketAddr::new(it.destination, it.destination_port),
    ]
}

fn in_order([one, other]: [SocketAddr; 2]) -> [SocketAddr; 2] {
    [one.min(other), one.max(other)]
}

fn both(source: IpAddr, destination: IpAddr) -> Vec<u8> {
    match (source, destination) {
        (IpAddr::V4(source), IpAddr::V4(destination)) => {
            [source.octets(), destination.octets()].concat()
        }
        (source, destination) => {
            let octets = |it| match it {
                IpAddr::V4(it) => it.to_ipv6_mapped().octets(),
                IpAddr::V6(it) => it.octets(),
            };
            [octets(source), octets(destination)].concat()
        }
    }
}
