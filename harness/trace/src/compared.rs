//! Compares captures for packets that are there before and after a box that changes
//! addresses or ports.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use recording::PacketView as _;

use super::ends::Conversation;
use super::open::opened;
use super::translated::{At, PLACES, Translation, Translations, ends};
use super::{CaptureError, Packet};

/// Number of packets with SCTP that are compared, from the beginning of each capture.
const COMPARED: u64 = 1 << 16;

/// Greatest number of translations that are looked for.
const FOUND: usize = 1024;

/// A verification tag from here on counts as random: two packets with the same random tag
/// and the same chunks are one packet.
const BY_CHANCE: u32 = 1 << 16;

/// Least number of packets in common that is no chance.
const MANY: u64 = 3;

/// Compares the captures. A damaged capture is compared up to its damage.
///
/// # Errors
///
/// If a file cannot be opened.
pub(crate) fn translations_of(files: &[PathBuf]) -> Result<Arc<Translations>, CaptureError> {
    // What comes through a pipe can be read only once.
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
    /// The packets that were seen with the first end and with the second end in its place;
    /// the third is the peer of both.
    common: HashMap<[SocketAddr; 3], Common>,
}

#[derive(Debug, Default)]
struct Common {
    packets: u64,
    /// Where the second end is seen.
    places: HashSet<At>,
}

impl Seen {
    /// Takes a packet. Returns whether the packet has SCTP.
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
            // A host may send a packet again from another of its addresses, by the same port.
            // In that case only some packets have such a copy.
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

/// A hash of what stays the same where addresses and ports are changed: the tag and the
/// chunks. `None` where two packets may have the same tag and chunks by chance.
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

/// If one end of the packet was changed: the end that is shown, the end in its place, and
/// the peer of both.
fn translated(first: &Sight, second: &Sight) -> Option<[SocketAddr; 3]> {
    let changed = match [0, 1].map(|it| first.ends[it] != second.ends[it]) {
        [true, false] => 0,
        [false, true] => 1,
        _ => return None,
    };
    let (shown, instead_of) = (first.ends[changed], second.ends[changed]);
    let has_other_port = shown.port() != instead_of.port();
    // A box that changes a port and keeps the checksum makes a packet that every receiver
    // discards. Such a packet is shown as the fault that it is, and is no copy.
    let is_kept = first.checksum == second.checksum && first.checksum != Some([0; 4]);
    let is_broken = has_other_port && is_kept;
    let is_possible = shown.is_ipv4() == instead_of.is_ipv4() && !is_broken;
    is_possible.then_some([shown, instead_of, first.ends[1 - changed]])
}

fn in_order([one, other]: [SocketAddr; 2]) -> [SocketAddr; 2] {
    [one.min(other), one.max(other)]
}
