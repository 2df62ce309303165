//! The items of a story: lines, and packets that become lines only if they are shown.

use std::net::IpAddr;
use std::ops::AddAssign;
use std::rc::Rc;

use recording::{PacketView, Time};
use wire::frame::chunk_heads;
use wire::{ChunkType, Glance};

use crate::flow::Origin;
use crate::line::{Content, Line, PacketLine, What};
use crate::outstanding::Again;
use crate::pairing::Journey;

/// A line, or a packet from which a line can be made.
pub(crate) enum StoryItem<P> {
    Line(Line),
    Glanced(Glanced<P>),
}

/// A packet with the content that most packets have. Most of these packets are only
/// counted, so a packet is decoded only if its line is shown.
pub(crate) struct Glanced<P> {
    pub(crate) journey: Journey<P>,
    pub(crate) holds: Holds,
    pub(crate) origin: Rc<Origin>,
    pub(crate) again: Vec<Again>,
    /// Whether the addresses are not those of the packet's path.
    pub(crate) strays: bool,
    pub(crate) is_of_the_lab: bool,
}

/// Number of chunks of each type. A packet has room for some thousand chunks at most.
#[derive(Clone, Copy, Default)]
pub(crate) struct Holds {
    pub(crate) data: u16,
    pub(crate) i_data: u16,
    pub(crate) sack: u16,
}

impl Holds {
    pub(crate) fn of(glance: Glance<'_>) -> Self {
        let mut holds = Self::default();
        for (kind, _) in glance.chunks() {
            match kind {
                ChunkType::Data => holds.data += 1,
                ChunkType::IData => holds.i_data += 1,
                _ => holds.sack += 1,
            }
        }
        holds
    }
}

/// Number of chunks of each type in many packets.
#[derive(Default)]
pub(crate) struct Sum {
    data: u64,
    i_data: u64,
    sack: u64,
}

impl Sum {
    /// The counts that are not zero.
    pub(crate) fn by_kind(self) -> impl Iterator<Item = (ChunkType, u64)> {
        let counts = [
            (ChunkType::Data, self.data),
            (ChunkType::IData, self.i_data),
            (ChunkType::Sack, self.sack),
        ];
        counts.into_iter().filter(|(_, count)| *count > 0)
    }
}

impl AddAssign<Holds> for Sum {
    fn add_assign(&mut self, packet: Holds) {
        self.data += u64::from(packet.data);
        self.i_data += u64::from(packet.i_data);
        self.sack += u64::from(packet.sack);
    }
}

impl<P: PacketView> Glanced<P> {
    pub(crate) fn at(&self) -> Time {
        self.journey.packet.at()
    }

    fn into_line(self) -> Line {
        let packet = &self.journey.packet;
        let content = match packet.sctp() {
            Ok(sctp) => decoded(packet, sctp, false, |_| (*self.origin, self.again)),
            Err(name) => Content::Other(name),
        };
        let line = Around {
            addresses: addresses(packet),
            strays: self.strays,
            is_of_the_lab: self.is_of_the_lab,
        };
        line.of(&self.journey, content)
    }
}

impl<P: PacketView> StoryItem<P> {
    pub(crate) fn into_line(self) -> Line {
        match self {
            Self::Line(line) => line,
            Self::Glanced(glanced) => glanced.into_line(),
        }
    }
}

/// The addresses of a frame, if it has any.
pub(crate) fn addresses(packet: &impl PacketView) -> Option<(IpAddr, IpAddr)> {
    let frame = packet.frame().ok()?;
    Some((frame.source, frame.destination))
}

/// Decodes the SCTP packet in a frame, of which the capture may have only the beginning.
/// `known` gives the origin of its numbers, and its TSNs that were sent before.
pub(crate) fn decoded(
    packet: &impl PacketView,
    sctp: &[u8],
    is_cut: bool,
    known: impl FnOnce(&wire::Packet) -> (Origin, Vec<Again>),
) -> Content {
    match wire::Packet::decode_lenient(&packet.keep(sctp)) {
        Ok(packet) => {
            let (origin, again) = known(&packet.packet);
            let whole = packet.packet.chunks.len();
            let cut = is_cut.then(|| chunk_heads(sctp).skip(whole).collect());
            Content::Sctp {
                packet,
                origin,
                again,
                cut,
            }
        }
        Err(_) if is_cut => Content::Broken("SCTP, cut by the capture".to_owned()),
        Err(error) => Content::Broken(format!("broken: {error}")),
    }
}

/// Facts about a packet beside its content.
#[derive(Clone, Copy)]
pub(crate) struct Around {
    pub(crate) addresses: Option<(IpAddr, IpAddr)>,
    pub(crate) strays: bool,
    pub(crate) is_of_the_lab: bool,
}

impl Around {
    pub(crate) fn of<P: PacketView>(self, journey: &Journey<P>, content: Content) -> Line {
        let packet = &journey.packet;
        Line {
            at: packet.at(),
            what: What::Packet(Box::new(PacketLine {
                link: journey.link,
                from: journey.from,
                to: journey.to,
                sent: journey.sent,
                received: journey.received,
                frame: packet.number(),
                file: packet.file(),
                end: journey.end,
                fault: packet.fault().map(str::to_owned),
                fragments: packet.fragments(),
                addresses: self.addresses,
                dscp: packet.frame().map_or(0, |frame| frame.dscp),
                strays: self.strays,
                is_of_the_lab: self.is_of_the_lab,
                content,
            })),
        }
    }
}
