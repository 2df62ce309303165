//! Labels of packets: their content in short.

mod data;

use std::fmt::Write as _;
use std::net::SocketAddr;

use wire::chunk::Sack;
use wire::{Checksum, Chunk, ChunkType, Packet, Parameter, PartialPacket, Tsn};

use crate::flow::Origin;
use crate::hosts::Hosts;
use crate::line::{Content, Head, Icmp, PacketLine};
use crate::outstanding::Again;
use crate::text::count;

/// Greatest number of a packet's parts, and of a chunk's items, in a label: a packet has
/// room for 16,000 chunks.
const SHOWN: usize = 100;

impl PacketLine {
    /// The content of the packet in short: its chunks, with numbers relative to the
    /// initial ones. Text from payloads is unescaped: escape the label before showing it.
    #[must_use]
    pub fn label(&self, hosts: &Hosts) -> String {
        let mut label = match &self.content {
            Content::Sctp {
                packet,
                origin,
                again,
                cut,
            } => sctp(self, hosts, packet, *origin, again, cut.as_deref()),
            Content::Icmp(message) => icmp(message),
            Content::Broken(why) => why.clone(),
            Content::Other(name) => name.clone(),
        };
        // A router's ICMP has a code point by itself, and in captures from elsewhere every
        // packet may have one.
        if self.dscp != 0 && self.is_of_the_lab && matches!(self.content, Content::Sctp { .. }) {
            let _ = write!(label, ", dscp {}", self.dscp);
        }
        if let Some((source, destination)) = self.addresses
            && self.strays
        {
            match self.content {
                Content::Icmp(_) => {
                    let _ = write!(label, ", from {source}");
                }
                _ => {
                    let _ = write!(label, ", {source} → {destination}");
                }
            }
        }
        label
    }
}

/// The label of an ICMP error, such as `ICMP fragmentation needed, MTU 1400, about DATA
/// tsn+5`.
fn icmp(message: &Icmp) -> String {
    let mut label = message.words.clone();
    if let Some(about) = &message.about {
        let chunks = heads(&about.chunks, about.origin);
        label.push_str(", about ");
        match chunks.is_empty() {
            true => {
                let (source, destination) = about.addresses;
                let (from, to) = about.ports;
                let (source, destination) = (
                    SocketAddr::new(source, from),
                    SocketAddr::new(destination, to),
                );
                let _ = write!(label, "a packet {source} → {destination}");
            }
            false => label.push_str(&chunks.join(" | ")),
        }
    }
    label
}

/// The labels of chunks of which the capture has only the beginning.
fn heads(heads: &[Head], origin: Origin) -> Vec<String> {
    let heads = heads.iter().map(|(kind, tsn)| match tsn {
        Some(tsn) => format!("{kind} {}", number("tsn", *tsn, origin.sender)),
        None => kind.to_string(),
    });
    heads.collect()
}

fn sctp(
    line: &PacketLine,
    hosts: &Hosts,
    partial: &PartialPacket,
    origin: Origin,
    again: &[Again],
    cut: Option<&[Head]>,
) -> String {
    let packet = &partial.packet;
    let again = data::SentBefore::of(again);
    let mut parts = Vec::new();
    let mut chunks = packet.chunks.as_slice();
    while let Some(chunk) = chunks.first() {
        if parts.len() >= SHOWN {
            parts.push(format!("and {}", count(chunks.len() as u64, "more chunk")));
            break;
        }
        let length = data::run_length(chunks, &again, line.is_of_the_lab);
        let (run, rest) = chunks.split_at(length);
        let mut part = match run.last() {
            Some(last) if length > 1 => data::of_run(chunk, last, origin),
            _ => of_chunk_in(line, chunk, packet, origin, hosts),
        };
        if let Some(again) = again.get(chunk) {
            part.push_str(" again");
            if again.before.is_some_and(|before| before != line.link) {
                let _ = write!(part, ", on {}", hosts.link(line.link));
            }
        }
        parts.push(part);
        chunks = rest;
    }
    match (&partial.error, cut) {
        (_, Some(beginnings)) => parts.extend(heads(beginnings, origin)),
        (Some(error), None) => parts.push(format!("broken: {error}")),
        (None, None) => {}
    }
    if parts.is_empty() {
        parts.push("no chunks".to_owned());
    }
    let mut label = match origin.association {
        0 | 1 => String::new(),
        number => format!("#{number} "),
    };
    if line.fragments > 1 {
        let _ = write!(label, "{}: ", count(line.fragments as u64, "fragment"));
    }
    label.push_str(&parts.join(" | "));
    match packet.checksum {
        // The checksum covers the whole packet, which the capture does not have.
        _ if cut.is_some() => label.push_str(", cut by the capture"),
        Checksum::Good => {}
        // Network cards fill checksums in, so most captures have some of zero: the legend
        // of the ladder counts them.
        Checksum::Zero if !line.is_of_the_lab => {}
        Checksum::Zero => label.push_str(", checksum zero"),
        Checksum::Adler32 => label.push_str(", checksum Adler-32"),
        Checksum::Wrong { .. } => label.push_str(", bad checksum"),
    }
    label
}

fn of_chunk_in(
    line: &PacketLine,
    chunk: &Chunk,
    packet: &Packet,
    origin: Origin,
    hosts: &Hosts,
) -> String {
    match chunk {
        Chunk::Data(it) => data::of_data(it, origin, line.is_of_the_lab),
        Chunk::IData(it) => data::of_i_data(it, origin, line.is_of_the_lab),
        _ => of_chunk(chunk, packet, origin, hosts),
    }
}

/// The label of a chunk without user data.
pub(crate) fn of_chunk(chunk: &Chunk, packet: &Packet, origin: Origin, hosts: &Hosts) -> String {
    let kind = chunk.kind();
    match chunk {
        Chunk::Sack(sack) => of_sack(kind, sack, origin),
        Chunk::NrSack(it) => of_sack(kind, &it.as_sack(), origin),
        Chunk::Init(it) => {
            let streams = (it.outbound_streams, it.inbound_streams);
            format!("{kind}{}", handshake(streams, &it.parameters))
        }
        Chunk::InitAck(it) => {
            let streams = (it.outbound_streams, it.inbound_streams);
            format!("{kind}{}", handshake(streams, &it.parameters))
        }
        Chunk::Shutdown(it) => {
            format!("{kind} {}", cumulative(it.cumulative_tsn_ack, origin))
        }
        Chunk::ForwardTsn(it) => {
            let tsn = number("tsn", it.new_cumulative_tsn, origin.sender);
            format!("{kind} to {tsn}")
        }
        Chunk::IForwardTsn(it) => {
            let tsn = number("tsn", it.new_cumulative_tsn, origin.sender);
            format!("{kind} to {tsn}")
        }
        Chunk::Abort(it) => {
            let tag = reflected(it.tag_reflected, packet, origin, hosts);
            format!("{kind}{tag}{}", list(&it.causes))
        }
        Chunk::ShutdownComplete(it) => {
            let tag = reflected(it.tag_reflected, packet, origin, hosts);
            format!("{kind}{tag}")
        }
        Chunk::Error(it) => format!("{kind}{}", list(&it.causes)),
        Chunk::Asconf(it) => format!("{kind}{}", list(&it.parameters)),
        Chunk::AsconfAck(it) => format!("{kind}{}", list(&it.parameters)),
        Chunk::ReConfig(it) => format!("{kind}{}", list(&it.parameters)),
        _ => kind.to_string(),
    }
}

fn of_sack(kind: ChunkType, sack: &Sack, origin: Origin) -> String {
    let mut label = format!("{kind} {}", cumulative(sack.cumulative_tsn_ack, origin));
    for (index, block) in sack.gap_ack_blocks.iter().take(SHOWN).enumerate() {
        let lead = if index == 0 { " and" } else { "," };
        let place = |offset: u16| {
            let tsn = sack.cumulative_tsn_ack + u32::from(offset);
            number("", tsn, origin.receiver)
        };
        let _ = write!(label, "{lead} {}", place(block.start));
        if block.end != block.start {
            let _ = write!(label, "..{}", place(block.end));
        }
    }
    more(&mut label, sack.gap_ack_blocks.len());
    for tsn in sack.duplicate_tsns.iter().take(SHOWN) {
        let _ = write!(label, " dup {}", number("tsn", *tsn, origin.receiver));
    }
    more(&mut label, sack.duplicate_tsns.len());
    if sack.a_rwnd == 0 {
        label.push_str(" window closed");
    }
    label
}

fn cumulative(tsn: Tsn, origin: Origin) -> String {
    number("cum", tsn, origin.receiver)
}

/// A TSN relative to the initial TSN, or the plain TSN if the initial one is unknown.
fn number(what: &str, tsn: Tsn, first: Option<Tsn>) -> String {
    match first {
        Some(first) => format!("{what}{:+}", tsn.offset_from(first)),
        None if what.is_empty() => tsn.to_string(),
        None => format!("{what} {tsn}"),
    }
}

fn handshake((outbound, inbound): (u16, u16), parameters: &[Parameter]) -> String {
    let mut label = format!(" streams {outbound}/{inbound}");
    let addresses = parameters.iter().filter_map(|parameter| match parameter {
        Parameter::Ipv4Address(address) => Some(address.to_string()),
        Parameter::Ipv6Address(address) => Some(address.to_string()),
        _ => None,
    });
    let addresses: Vec<String> = addresses.collect();
    if !addresses.is_empty() {
        let shown = &addresses[..addresses.len().min(SHOWN)];
        let _ = write!(label, " addrs {}", shown.join(" "));
    }
    more(&mut label, addresses.len());
    label
}

/// The label of a set T bit: the tag was chosen by the packet's sender, not by its
/// receiver (RFC 9260, section 8.5.1).
fn reflected(is_set: bool, packet: &Packet, origin: Origin, hosts: &Hosts) -> String {
    match (is_set, origin.tag_of) {
        (false, _) => String::new(),
        (true, Some(host)) => format!(" with tag({})", hosts.name(host)),
        (true, None) => format!(" with tag {}", packet.verification_tag),
    }
}

fn list<T: ToString>(items: &[T]) -> String {
    let shown: Vec<String> = items.iter().take(SHOWN).map(T::to_string).collect();
    if items.is_empty() {
        return String::new();
    }
    let mut list = format!(": {}", shown.join(", "));
    more(&mut list, items.len());
    list
}

/// Adds the number of items that are not shown.
fn more(label: &mut String, all: usize) {
    if all > SHOWN {
        let _ = write!(label, " and {} more", all - SHOWN);
    }
}

#[cfg(test)]
mod tests;
