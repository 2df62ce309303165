//! The lines of a ladder, as data.

use recording::Time;
use wire::{Chunk, PartialPacket};

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
    /// How its journey ended.
    pub end: End,
    /// What a rule did with it, in words.
    pub fault: Option<String>,
    /// What it holds.
    pub content: Content,
}

impl PacketLine {
    /// The chunks of the packet that could be decoded; none if it is no SCTP.
    #[must_use]
    pub fn chunks(&self) -> &[Chunk] {
        match &self.content {
            Content::Sctp { packet, .. } => &packet.packet.chunks,
            Content::Other(_) | Content::Broken(_) => &[],
        }
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
    },
    /// An SCTP packet without a whole common header, and what is wrong with it.
    Broken(String),
    /// Something else, by name.
    Other(String),
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
}

impl Note {
    /// What happened and how often.
    pub(crate) fn words(&self) -> String {
        match self.times {
            0 | 1 => self.text.clone(),
            times => format!("{times} × {}", self.text),
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
