//! The state of an association, as its packets show it.

use std::net::IpAddr;

use wire::{Ppid, VerificationTag};

use crate::evidence::{Evidence, Moment};
use crate::exchanges::Exchanges;
use crate::flow::Flow;
use crate::path::Path;

/// The most pairs of addresses that are told apart; packets between further pairs count for
/// the first one.
const PATHS: usize = 64;

/// An association, as far as the capture shows it.
#[derive(Debug)]
pub struct Association {
    /// The two ends. End 0 is the one that called; without an INIT, the one whose packet
    /// was seen first.
    pub ends: [End; 2],
    /// The first packet.
    pub first: Moment,
    /// The last packet.
    pub last: Moment,
    /// The number of packets.
    pub packets: u64,
    /// The packets of the handshake.
    pub set_up: SetUp,
    /// How the association ended; `None` while it lasts.
    pub ending: Option<Ending>,
    /// SHUTDOWN chunks.
    pub shutdowns: Evidence,
    /// Whether the ABORT is known not to have arrived.
    pub(crate) is_abort_lost: bool,
    pub(crate) shut_down_by: Option<usize>,
    /// The pairs of addresses.
    pub paths: Vec<Path>,
    /// The messages of application protocols.
    pub exchanges: Exchanges,
    /// The association between the same ends that was up when this one began, by index.
    pub restarts: Option<usize>,
    /// ICMP errors about packets of the association, by their words.
    pub icmp: Vec<(String, Evidence)>,
    /// ERROR chunks, by their causes.
    pub errors: Vec<(String, Evidence)>,
    /// Packets with a tag that is neither end's.
    pub foreign_tags: Evidence,
    /// Packets with a wrong checksum.
    pub bad_checksums: Evidence,
    /// Packets with a checksum of zero.
    pub no_checksums: u64,
    /// Packets of which the capture has only the beginning.
    pub cut: u64,
    /// User data whose PPID is that of a known protocol in the wrong byte order.
    pub turned_ppids: Vec<(Ppid, Evidence)>,
    /// User data with a PPID of 0.
    pub unnamed_data: Evidence,
    /// The index of the path that was looked up last.
    latest: usize,
}

/// One end of an association.
#[derive(Debug, Default)]
pub struct End {
    /// The port of the end.
    pub port: u16,
    /// The addresses that the end was seen to use.
    pub addresses: Vec<IpAddr>,
    /// The addresses that the end's INIT or INIT ACK names.
    pub named: Vec<IpAddr>,
    /// The verification tag of packets to the end.
    pub tag: Option<VerificationTag>,
    /// The user data that the end sent.
    pub flow: Flow,
}

/// The packets of the handshake.
#[derive(Debug, Default)]
pub struct SetUp {
    /// INIT chunks of the end that called.
    pub inits: Evidence,
    /// INIT ACK chunks.
    pub init_acks: Evidence,
    /// COOKIE ECHO chunks.
    pub cookies: Evidence,
    /// COOKIE ACK chunks.
    pub cookie_acks: Evidence,
    /// Whether both ends called, at the same time.
    pub both_call: bool,
}

/// How an association ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ending {
    /// By SHUTDOWN.
    ShutDown {
        /// The end that sent the first SHUTDOWN.
        by: usize,
        /// The packet with the SHUTDOWN COMPLETE.
        at: Moment,
    },
    /// By an ABORT.
    Aborted {
        /// The end that sent the ABORT.
        by: usize,
        /// The packet with the ABORT.
        at: Moment,
        /// The error causes of the ABORT, in words; empty if it has none.
        causes: String,
    },
}

impl Association {
    pub(crate) fn new(first: Moment, ports: [u16; 2]) -> Self {
        let end = |port| End {
            port,
            ..End::default()
        };
        Self {
            ends: ports.map(end),
            first,
            last: first,
            packets: 0,
            set_up: SetUp::default(),
            ending: None,
            shutdowns: Evidence::default(),
            is_abort_lost: false,
            shut_down_by: None,
            paths: Vec::new(),
            exchanges: Exchanges::default(),
            restarts: None,
            icmp: Vec::new(),
            errors: Vec::new(),
            foreign_tags: Evidence::default(),
            bad_checksums: Evidence::default(),
            no_checksums: 0,
            cut: 0,
            turned_ppids: Vec::new(),
            unnamed_data: Evidence::default(),
            latest: 0,
        }
    }

    /// Whether the association was established, in the capture or before it.
    #[must_use]
    pub fn was_up(&self) -> bool {
        !self.set_up.cookie_acks.is_empty()
            || self.ends.iter().any(|it| it.flow.chunks > 0)
            || (self.set_up.inits.is_empty() && self.ends.iter().all(|it| it.tag.is_some()))
    }

    /// Whether packets of both ends were captured.
    #[must_use]
    pub fn is_seen_both_ways(&self) -> bool {
        let sent = |side: usize| {
            self.paths
                .iter()
                .map(|it| it.ways[side].packets)
                .sum::<u64>()
        };
        sent(0) > 0 && sent(1) > 0
    }

    /// The index of the path between an address of each end.
    #[inline]
    pub(crate) fn path(&mut self, addresses: [IpAddr; 2]) -> usize {
        if self
            .paths
            .get(self.latest)
            .is_some_and(|it| it.addresses == addresses)
        {
            return self.latest;
        }
        let known = self.paths.iter().position(|it| it.addresses == addresses);
        self.latest = known.unwrap_or_else(|| {
            if self.paths.len() >= PATHS {
                return 0;
            }
            for (end, address) in self.ends.iter_mut().zip(addresses) {
                if !end.addresses.contains(&address) {
                    end.addresses.push(address);
                }
            }
            self.paths.push(Path::new(addresses));
            self.paths.len() - 1
        });
        self.latest
    }

    /// Whether an end has an address.
    pub(crate) fn has(&self, side: usize, address: IpAddr) -> bool {
        let end = &self.ends[side];
        end.addresses.contains(&address) || end.named.contains(&address)
    }
}

/// Counts a packet under a key.
pub(crate) fn count_under<K: PartialEq>(list: &mut Vec<(K, Evidence)>, key: K, at: Moment) {
    /// The most keys that are kept.
    const KEPT: usize = 16;
    match list.iter().position(|(it, _)| *it == key) {
        Some(place) => list[place].1.add(at),
        None if list.len() < KEPT => list.push((key, [at].into_iter().collect())),
        None => {}
    }
}
