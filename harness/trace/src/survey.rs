//! Surveys a capture: its hosts, and the paths between them.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::net::IpAddr;
use std::path::Path;
use std::sync::Arc;

use bytes::Bytes;
use pcapng::Direction;
use recording::PacketView as _;
use wire::frame::{Frame, FrameError, Other, Transport};
use wire::{Chunk, Packet, Parameter};

use super::chunks::chunks;
use super::copies::Copies;
use super::ends::{self, Conversation, End};
use super::hosts::Hosts;
use super::joined::Joined;
use super::place::Places;
use super::recent::Recent;
use super::translated::Translation;
use super::{Capture, CaptureError};

/// Greatest number of conversations, flows and named addresses that are remembered.
/// Packets of further conversations are left out.
const REMEMBERED: usize = 32_768;

/// The hosts and paths of a capture.
#[derive(Debug)]
pub struct Survey {
    /// The addresses of each host, in the order in which they were seen.
    pub hosts: Vec<Vec<End>>,
    /// The name of each host at which the lab captured.
    pub names: Vec<Option<String>>,
    /// The address pairs between which SCTP packets went.
    pub paths: Vec<ends::Path>,
    /// Numbers of packets of each kind.
    pub counts: Counts,
    /// Time of the first SCTP packet, by the capture's own clock.
    pub start_ns: u64,
    /// Ends that are seen under two addresses.
    pub translations: Vec<Translation>,
    pub(crate) places: Arc<Places>,
}

/// Numbers of packets in a capture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// All packets.
    pub packets: u64,
    /// Packets that carry SCTP.
    pub sctp: u64,
    /// SCTP packets that had been captured before: at another interface, or at one that
    /// stands for several.
    pub copies: u64,
    /// ICMP errors about packets that carried SCTP.
    pub icmp: u64,
    /// SCTP packets and ICMP errors that were left out because there were too many
    /// conversations.
    pub left_out: u64,
    /// Verification tags and named addresses beyond the limit. Their hosts may be shown
    /// as several.
    pub unjoined: u64,
    /// IP packets that were reassembled.
    pub put_together: u64,
    /// Packets with a checksum of zero: a network card was to fill it in, or both ends
    /// agreed to do without it (RFC 9653).
    pub zero_checksums: u64,
    /// Fragments of IP packets whose other fragments are missing.
    pub fragments: u64,
    /// Frames of unknown link types.
    pub undecoded: u64,
}

impl Survey {
    /// Surveys a capture, up to its end or its first damage.
    ///
    /// # Errors
    ///
    /// [`CaptureError::NoSctp`]; damage, if no SCTP packet comes before it.
    pub fn of(capture: Capture) -> Result<Self, CaptureError> {
        let captured_at = vec![capture.captured_at().to_vec()];
        let path = capture.path().to_owned();
        let translations = capture.translations().found.clone();
        let packets = capture.whole_packets().map(|packet| {
            let packet = packet?;
            Ok((0, packet.time_ns(), packet))
        });
        let survey = Self::of_all(&path, captured_at, packets)?;
        Ok(Self {
            translations,
            ..survey
        })
    }

    /// Surveys packets, each with the number of its capture and its time. `captured_at`
    /// gives the host of each capture and interface, where it is known; `path` is the
    /// first capture.
    pub(crate) fn of_all(
        path: &Path,
        captured_at: Vec<Vec<Option<String>>>,
        packets: impl Iterator<Item = Result<(usize, u64, super::Packet), CaptureError>>,
    ) -> Result<Self, CaptureError> {
        let mut seen = Seen {
            captured_at,
            ..Seen::default()
        };
        let mut damage = None;
        for packet in packets {
            match packet {
                Ok((file, at, packet)) => seen.take_in(file, at, &packet),
                Err(error) => damage = Some(error),
            }
        }
        match damage {
            _ if seen.counts.sctp + seen.counts.icmp > 0 => Ok(seen.into_survey()),
            Some(error) => Err(error),
            None => Err(CaptureError::no_sctp(path)),
        }
    }
}

/// The packets that have been surveyed so far.
#[derive(Debug, Default)]
struct Seen {
    counts: Counts,
    start_ns: Option<u64>,
    joined: Joined,
    conversations: HashSet<Conversation>,
    in_order: Vec<Conversation>,
    /// By verification tag and ports: the numbers of the addresses that first sent and
    /// received such a packet.
    flows: HashMap<(u32, u16, u16), (usize, usize)>,
    /// The addresses that a sender has named. The sender is the number of its address.
    named: BTreeSet<(usize, IpAddr)>,
    copies: Copies,
    /// The host of each capture and interface, where it is known.
    captured_at: Vec<Vec<Option<String>>>,
    /// The name of a host, by an address of it.
    names: HashMap<IpAddr, String>,
    /// The last conversations and tags, which need not be examined again.
    latest: Recent<(Conversation, u32), ()>,
}

impl Seen {
    fn take_in(&mut self, file: usize, at: u64, packet: &super::Packet) {
        self.counts.packets += 1;
        if packet.fragments() > 1 {
            let others = packet.fragments() as u64 - 1;
            self.counts.fragments = self.counts.fragments.saturating_sub(others);
            self.counts.put_together += 1;
        }
        let decoded = packet.frame();
        let frame = match &decoded {
            Ok(frame) => frame,
            Err(FrameError::LinkType(_)) => {
                self.counts.undecoded += 1;
                return;
            }
            Err(_) => return,
        };
        if let Transport::Other(Other::Ipv4Fragment { .. } | Other::Ipv6Fragment) = frame.transport
        {
            self.counts.fragments += 1;
        }
        let Some((conversation, sctp)) = Conversation::of(frame) else {
            if let Some(answered) = Conversation::of_icmp(frame) {
                self.take_in_icmp(answered, at);
            }
            return;
        };
        self.counts.sctp += 1;
        self.start_ns.get_or_insert(at);
        self.learn_name(file, packet, frame);
        if self
            .copies
            .has_seen(&packet.seen(frame, conversation, sctp))
        {
            self.counts.copies += 1;
            return;
        }
        if sctp.get(8..12) == Some(&[0; 4]) {
            self.counts.zero_checksums += 1;
        }
        let tag = tag(sctp);
        let names_addresses = chunks(sctp).any(|(kind, _)| NAMES_ADDRESSES.contains(&kind));
        if !names_addresses && self.latest.get(&(conversation, tag)).is_some() {
            return;
        }
        let is_known = self.conversations.contains(&conversation) || self.remember(conversation);
        if !is_known {
            self.counts.left_out += 1;
            return;
        }
        self.join_flow(conversation, tag, sctp);
        if names_addresses {
            self.remember_named(conversation.source, sctp);
        }
        self.latest.remember((conversation, tag), ());
    }

    /// Learns the name of a host: a packet that leaves the host has its source address,
    /// one that comes to it its destination address.
    fn learn_name(&mut self, file: usize, packet: &super::Packet, frame: &Frame<'_>) {
        let interfaces = self.captured_at.get(file);
        let name = interfaces.and_then(|it| it.get(packet.interface()));
        let (Some(Some(name)), Some(direction)) = (name, packet.known_direction()) else {
            return;
        };
        let address = match direction {
            Direction::Outbound => frame.source,
            Direction::Inbound => frame.destination,
        };
        if self.names.len() < REMEMBERED && !self.names.contains_key(&address) {
            self.names.insert(address, name.clone());
        }
    }

    /// Counts an ICMP error. `answered` is the direction of an answer to the quoted
    /// packet. The quoted packet was sent, whether it was captured or not.
    fn take_in_icmp(&mut self, answered: Conversation, time_ns: u64) {
        self.counts.icmp += 1;
        self.start_ns.get_or_insert(time_ns);
        if !self.conversations.contains(&answered) && !self.remember(answered) {
            self.counts.left_out += 1;
        }
    }

    /// Remembers a conversation. Returns `false` if there are too many.
    fn remember(&mut self, conversation: Conversation) -> bool {
        if self.in_order.len() >= REMEMBERED {
            return false;
        }
        self.conversations.insert(conversation);
        self.in_order.push(conversation);
        self.joined.number_of(conversation.source);
        self.joined.number_of(conversation.destination);
        true
    }

    /// Joins the addresses of one direction of an association, which has one verification
    /// tag (RFC 9260, section 8.5). All addresses that send this tag belong to one host,
    /// and those that receive it to another. An INIT has no tag, and the tags of ABORT
    /// and SHUTDOWN COMPLETE may be reflected.
    fn join_flow(&mut self, conversation: Conversation, tag: u32, sctp: &[u8]) {
        if tag == 0 || chunks(sctp).any(|(kind, _)| MAY_REFLECT.contains(&kind)) {
            return;
        }
        let ends = (
            self.joined.number_of(conversation.source),
            self.joined.number_of(conversation.destination),
        );
        let key = (tag, conversation.source_port, conversation.destination_port);
        match self.flows.get(&key) {
            Some(&first) => {
                self.joined.join(first.0, ends.0);
                self.joined.join(first.1, ends.1);
            }
            None if self.flows.len() < REMEMBERED => {
                self.flows.insert(key, ends);
            }
            None => self.counts.unjoined += 1,
        }
    }

    /// Remembers the addresses that an INIT, INIT ACK or ASCONF names.
    fn remember_named(&mut self, source: IpAddr, sctp: &[u8]) {
        let Ok(partial) = Packet::decode_lenient(&Bytes::copy_from_slice(sctp)) else {
            return;
        };
        let source = self.joined.number_of(source);
        let chunks = partial.packet.chunks.iter();
        for address in chunks.flat_map(named) {
            match self.named.len() < REMEMBERED {
                true => drop(self.named.insert((source, address))),
                false => self.counts.unjoined += 1,
            }
        }
    }

    /// Joins the addresses that a host names, as far as they occur in packets. An unused
    /// address, as that of a bridge, may be the same on many hosts. For the same reason,
    /// addresses that talk to each other are not joined.
    fn join_named(&mut self) {
        let mut talking = HashSet::new();
        for conversation in &self.in_order {
            let source = self.joined.number_of(conversation.source);
            let destination = self.joined.number_of(conversation.destination);
            let (one, other) = (
                self.joined.host_of(source),
                self.joined.host_of(destination),
            );
            talking.insert((one.min(other), one.max(other)));
        }
        for (source, address) in std::mem::take(&mut self.named) {
            let Some(named) = self.joined.known(address) else {
                continue;
            };
            let (one, other) = (self.joined.host_of(source), self.joined.host_of(named));
            if !talking.contains(&(one.min(other), one.max(other))) {
                self.joined.join(source, named);
            }
        }
    }

    fn into_survey(mut self) -> Survey {
        self.join_named();
        // The next step takes as much memory again.
        drop((self.conversations, self.flows, self.copies));
        let mut hosts = Hosts::new(&mut self.joined, &self.in_order);
        let mut paths: Vec<ends::Path> = Vec::new();
        let mut numbers: HashMap<[End; 2], usize> = HashMap::new();
        let mut places = Places::new();
        for conversation in &self.in_order {
            let [source, destination] = hosts.ends_of(*conversation);
            let mut ends = [source, destination];
            ends.sort_by_key(|(end, host)| (*host, *end));
            let key = ends.map(|(end, _)| end);
            let path = *numbers.entry(key).or_insert_with(|| {
                paths.push(ends::Path {
                    name: format!("path-{}", paths.len() + 1),
                    ends,
                });
                paths.len() - 1
            });
            let side = usize::from(ends[0].0 != source.0);
            places.insert(*conversation, (path as u32, side as u32));
        }
        let named = hosts.ends.iter().map(|ends| {
            let mut names = ends.iter().filter_map(|end| self.names.get(&end.address));
            names.next().cloned()
        });
        let mut names: Vec<Option<String>> = named.collect();
        let mut taken = BTreeSet::new();
        for name in &mut names {
            // A machine that talks to itself is several hosts.
            if name.as_ref().is_some_and(|it| !taken.insert(it.clone())) {
                *name = None;
            }
        }
        Survey {
            names,
            hosts: hosts.ends,
            paths,
            counts: self.counts,
            start_ns: self.start_ns.unwrap_or_default(),
            translations: Vec::new(),
            places: Arc::new(places),
        }
    }
}

/// The chunk types that name addresses of their sender: RFC 9260, sections 3.3.2 and
/// 3.3.3, and RFC 5061, section 4.1.1.
const NAMES_ADDRESSES: [u8; 3] = [1, 2, 0xc1];

/// The chunk types whose T bit says that the tag is reflected: RFC 9260, section 8.5.1.
const MAY_REFLECT: [u8; 2] = [6, 14];

fn tag(sctp: &[u8]) -> u32 {
    match sctp.get(4..8) {
        Some(&[a, b, c, d]) => u32::from_be_bytes([a, b, c, d]),
        _ => 0,
    }
}

fn named(chunk: &Chunk) -> Vec<IpAddr> {
    let parameters = match chunk {
        Chunk::Init(init) => &init.parameters,
        Chunk::InitAck(ack) => &ack.parameters,
        Chunk::Asconf(asconf) => &asconf.parameters,
        _ => return Vec::new(),
    };
    let mut addresses = Vec::new();
    if let Chunk::Asconf(asconf) = chunk {
        addresses.push(asconf.address);
    }
    for parameter in parameters {
        match parameter {
            Parameter::Ipv4Address(address) => addresses.push((*address).into()),
            Parameter::Ipv6Address(address) => addresses.push((*address).into()),
            Parameter::AddIpAddress(request) => addresses.push(request.address),
            _ => {}
        }
    }
    addresses
}
