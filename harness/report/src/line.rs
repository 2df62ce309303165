//! The lines of a ladder, as data.

use std::net::IpAddr;

use recording::Time;
use wire::{Chunk, ChunkType, PartialPacket, Tsn, VerificationTag};

use crate::flow::Origin;
use crate::hosts::{Host, Link};
use crate::outstanding::Again;
use crate::pairing::End;
use crate::tally::Tally;

/// One line of a ladder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Time of the line; for a folded stretch, the time at which its first packet was
    /// sent.
    pub at: Time,
    /// The event that the line shows.
    pub what: What,
}

/// An event of a ladder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// A packet that crossed a link, or was lost on it.
    Packet(Box<PacketLine>),
    /// An event at a host.
    Note(Note),
    /// A step of the scenario that began or failed.
    Step(StepLine),
    /// A folded stretch of packets with nothing new.
    Folded(Tally),
}

/// A packet on a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PacketLine {
    /// The link.
    pub link: Link,
    /// Host that sent the packet.
    pub from: Host,
    /// Host at the other end of the link.
    pub to: Host,
    /// Index among the recording's packets, at the sender.
    pub sent: Option<usize>,
    /// Index among the recording's packets, at the receiver.
    pub received: Option<usize>,
    /// Number of the frame in a capture from elsewhere, from 1, as Wireshark counts.
    pub frame: Option<u64>,
    /// Index of that capture, from 0, where there are several.
    pub file: Option<usize>,
    /// How the packet's journey ended.
    pub end: End,
    /// The action of a rule on the packet, in words.
    pub fault: Option<String>,
    /// Number of fragments of the IP packet; 1 if it was not fragmented.
    pub fragments: usize,
    /// Source and destination address, if the packet has any.
    pub addresses: Option<(IpAddr, IpAddr)>,
    /// The differentiated services code point; 0 is the default.
    pub dscp: u8,
    /// Whether the addresses are not those of the packet's path.
    pub strays: bool,
    /// Whether the lab made the capture, so that payloads name the lab's messages.
    pub is_of_the_lab: bool,
    /// Content of the packet.
    pub content: Content,
}

impl PacketLine {
    /// The chunks of the packet that could be decoded. Empty if it is no SCTP packet.
    #[must_use]
    pub fn chunks(&self) -> &[Chunk] {
        match &self.content {
            Content::Sctp { packet, .. } => &packet.packet.chunks,
            Content::Icmp(_) | Content::Other(_) | Content::Broken(_) => &[],
        }
    }
}

impl PacketLine {
    /// The types of the packet's chunks, including those of which the capture has only
    /// the beginning.
    pub(crate) fn kinds(&self) -> impl Iterator<Item = ChunkType> {
        let cut = match &self.content {
            Content::Sctp { cut, .. } => cut.as_deref().unwrap_or_default(),
            _ => &[],
        };
        let whole = self.chunks().iter().map(Chunk::kind);
        whole.chain(cut.iter().map(|(kind, _)| *kind))
    }

    /// Whether the packet carries user data.
    pub(crate) fn carries_data(&self) -> bool {
        let mut kinds = self.kinds();
        kinds.any(|it| matches!(it, ChunkType::Data | ChunkType::IData))
    }
}

/// Content of a frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// An SCTP packet.
    Sctp {
        /// The packet, as far as it could be decoded.
        packet: PartialPacket,
        /// The origin of the numbers in the packet.
        origin: Origin,
        /// TSNs of the packet that were sent before.
        again: Vec<Again>,
        /// The beginnings of the chunks after the decoded ones, if the capture has only
        /// the beginning of the packet.
        cut: Option<Vec<Head>>,
    },
    /// An ICMP error.
    Icmp(Icmp),
    /// An SCTP packet without a complete common header, and the error.
    Broken(String),
    /// Another protocol, by name.
    Other(String),
}

/// The beginning of a chunk: its type, and for user data its TSN, if that was captured.
pub type Head = (ChunkType, Option<Tsn>);

/// An ICMP error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Icmp {
    /// Name of the error, with the MTU where known.
    pub words: String,
    /// ICMP type.
    pub kind: u8,
    /// ICMP code.
    pub code: u8,
    /// MTU of the next hop, if the error is that a packet was too big.
    pub mtu: Option<u32>,
    /// The SCTP packet that the error quotes, if it quotes one.
    pub about: Option<About>,
}

/// The beginning of an SCTP packet that an ICMP error quotes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    /// Source and destination address.
    pub addresses: (IpAddr, IpAddr),
    /// Source and destination port.
    pub ports: (u16, u16),
    /// Verification tag.
    pub verification_tag: VerificationTag,
    /// Beginnings of the quoted chunks.
    pub chunks: Vec<Head>,
    /// The origin of the numbers in the packet.
    pub origin: Origin,
}

/// An event at a host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Host of the event; `None` if the endpoint's host is not known.
    pub host: Option<Host>,
    /// Kind of the event.
    pub kind: NoteKind,
    /// The event in words.
    pub text: String,
    /// How many times in a row the event occurred.
    pub times: u64,
    /// Numbers of the first and the last message in a row that the socket did not accept.
    pub numbers: Option<(u64, u64)>,
}

impl Note {
    /// The event in words, with the number of its occurrences in a row.
    pub(crate) fn words(&self) -> String {
        let text = match self.times {
            0 | 1 => self.text.clone(),
            times => format!("{times} × {}", self.text),
        };
        match self.numbers {
            None => text,
            Some((first, last)) if first == last => format!("{text} (message {first})"),
            Some((first, last)) => format!("{text} (messages {first} to {last})"),
        }
    }
}

/// Kind of an event at a host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoteKind {
    /// A notification was received.
    Notification,
    /// The sockets API was called.
    Call,
    /// A message was handed to the socket or received from it.
    Message,
    /// The state of a path of an endpoint on this host has changed.
    Path,
}

/// A step of the scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepLine {
    /// The action of the step, or its failure, in words.
    pub text: String,
    /// Whether the step began or failed.
    pub kind: StepKind,
}

/// The event of a step that a line shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepKind {
    /// The step began. It changes something.
    Acts,
    /// The step began. It only waits or observes.
    Waits,
    /// The step failed.
    Failed,
}
