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
    /// When; of a folded stretch, when its first packet was sent.
    pub at: Time,
    /// What happened.
    pub what: What,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// A packet crossed a link, or was lost on it.
    Packet(Box<PacketLine>),
    /// Something happened at a host.
    Note(Note),
    /// A step of the scenario began, or failed.
    Step(StepLine),
    /// Packets with nothing new in them.
    Folded(Tally),
}

/// A packet on its way over a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PacketLine {
    /// The link.
    pub link: Link,
    /// Who sent it.
    pub from: Host,
    /// Who was to receive it.
    pub to: Host,
    /// Its number among the recording's packets, at the sender.
    pub sent: Option<usize>,
    /// Its number among the recording's packets, at the receiver.
    pub received: Option<usize>,
    /// Its number in a capture from elsewhere, from 1, as Wireshark counts.
    pub frame: Option<u64>,
    /// Which of several captures that is, from 0.
    pub file: Option<usize>,
    /// How its journey ended.
    pub end: End,
    /// What a rule did with it, in words.
    pub fault: Option<String>,
    /// In how many fragments of an IP packet it came: 1 if that was whole.
    pub fragments: usize,
    /// The addresses that it came from and went to, if it has any.
    pub addresses: Option<(IpAddr, IpAddr)>,
    /// Whether these are others than those of the path that it goes over.
    pub strays: bool,
    /// Whether its payloads say which messages of the lab they are.
    pub is_of_the_lab: bool,
    /// What it holds.
    pub content: Content,
}

impl PacketLine {
    /// The chunks of the packet that could be decoded; none if it is no SCTP.
    #[must_use]
    pub fn chunks(&self) -> &[Chunk] {
        match &self.content {
            Content::Sctp { packet, .. } => &packet.packet.chunks,
            Content::Icmp(_) | Content::Other(_) | Content::Broken(_) => &[],
        }
    }
}

impl PacketLine {
    /// The types of its chunks, and of those of which the capture has only the
    /// beginning.
    pub(crate) fn kinds(&self) -> impl Iterator<Item = ChunkType> {
        let cut = match &self.content {
            Content::Sctp { cut, .. } => cut.as_deref().unwrap_or_default(),
            _ => &[],
        };
        let whole = self.chunks().iter().map(Chunk::kind);
        whole.chain(cut.iter().map(|(kind, _)| *kind))
    }

    /// Whether it carries user data.
    pub(crate) fn carries_data(&self) -> bool {
        let mut kinds = self.kinds();
        kinds.any(|it| matches!(it, ChunkType::Data | ChunkType::IData))
    }
}

/// What a frame holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// An SCTP packet.
    Sctp {
        /// The packet, as far as it could be decoded.
        packet: PartialPacket,
        /// What its numbers count from.
        origin: Origin,
        /// Those of its TSNs that were sent before.
        again: Vec<Again>,
        /// Where the capture has only the beginning of it, what of the chunks that
        /// is the beginning of, behind those that were decoded.
        cut: Option<Vec<Head>>,
    },
    /// An ICMP error.
    Icmp(Icmp),
    /// An SCTP packet without a whole common header: what is wrong with it.
    Broken(String),
    /// Something else, by name.
    Other(String),
}

/// The beginning of a chunk: its type, and of user data the TSN, if that is there.
pub type Head = (ChunkType, Option<Tsn>);

/// An ICMP error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Icmp {
    /// What it reports, by name, with the MTU where that is known.
    pub words: String,
    /// Its type.
    pub kind: u8,
    /// Its code.
    pub code: u8,
    /// The MTU of the next hop, where the error is that a packet was too big.
    pub mtu: Option<u32>,
    /// The SCTP packet that it is about, if it is about one.
    pub about: Option<About>,
}

/// The beginning of an SCTP packet that an ICMP error quotes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    /// The addresses that it came from and went to.
    pub addresses: (IpAddr, IpAddr),
    /// The sender's and the receiver's port.
    pub ports: (u16, u16),
    /// Its tag.
    pub verification_tag: VerificationTag,
    /// Its chunks, as far as they are quoted.
    pub chunks: Vec<Head>,
    /// What its numbers count from.
    pub origin: Origin,
}

/// Something that happened at a host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Where; `None` if the endpoint's host is not known.
    pub host: Option<Host>,
    /// What kind of thing.
    pub kind: NoteKind,
    /// What, in words.
    pub text: String,
    /// How often in a row.
    pub times: u64,
    /// Of a message that the socket did not take: its number, and the number of the
    /// last one in a row.
    pub numbers: Option<(u64, u64)>,
}

impl Note {
    /// What happened and how often.
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

/// What kind of thing happened at a host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoteKind {
    /// A notification was received.
    Notification,
    /// The sockets API was called.
    Call,
    /// A message was handed to the socket or received from it.
    Message,
    /// A path of an endpoint there has changed.
    Path,
}

/// A step of the scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepLine {
    /// What it does, or how it failed, in words.
    pub text: String,
    /// What this tells of it.
    pub kind: StepKind,
}

/// What a line tells of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepKind {
    /// It begins, and changes something.
    Acts,
    /// It begins, and only waits or looks.
    Waits,
    /// It failed.
    Failed,
}
