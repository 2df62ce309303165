//! Reassembles packets that came in fragments.

use bytes::Bytes;
use wire::frame::{Frame, FrameError, LinkType, Put, Reassembly};

use super::{Direction, PacketView, Time};

/// A captured packet. The fragment that completes an IP packet has the content of the whole
/// packet; the other fragments show that they are fragments.
#[derive(Clone, Debug)]
pub struct Joined<P> {
    packet: P,
    whole: Option<Box<Whole>>,
}

#[derive(Clone, Debug)]
struct Whole {
    frame: Bytes,
    fragments: usize,
}

/// Reassembles the fragments of IP packets, separately at each interface and in each
/// direction.
pub fn joined<I: Iterator<Item: PacketView>>(packets: I) -> impl Iterator<Item = Joined<I::Item>> {
    let mut reassembly = Reassembly::default();
    packets.map(move |packet| {
        let place = 2 * packet.interface() + usize::from(packet.direction() == Direction::Out);
        let at = packet.at().as_nanos();
        let whole = match reassembly.put(place, at, packet.link_type(), packet.bytes()) {
            Put::Whole(whole) => Some(Box::new(Whole {
                frame: whole.frame.into(),
                fragments: whole.fragments,
            })),
            Put::NoFragment | Put::Held { .. } | Put::Refused { .. } => None,
        };
        Joined { packet, whole }
    })
}

impl<P> Joined<P> {
    /// The packet as it was captured.
    pub fn into_packet(self) -> P {
        self.packet
    }
}

impl<P: PacketView> PacketView for Joined<P> {
    fn at(&self) -> Time {
        self.packet.at()
    }

    fn interface(&self) -> usize {
        self.packet.interface()
    }

    fn direction(&self) -> Direction {
        self.packet.direction()
    }

    fn fault(&self) -> Option<&str> {
        self.packet.fault()
    }

    fn bytes(&self) -> &[u8] {
        self.packet.bytes()
    }

    fn likeness(&self) -> &[u8] {
        self.packet.likeness()
    }

    fn link_type(&self) -> LinkType {
        self.packet.link_type()
    }

    fn file(&self) -> Option<usize> {
        self.packet.file()
    }

    fn number(&self) -> Option<u64> {
        self.packet.number()
    }

    fn fragments(&self) -> usize {
        match &self.whole {
            Some(whole) => whole.fragments,
            None => self.packet.fragments(),
        }
    }

    fn frame(&self) -> Result<Frame<'_>, FrameError> {
        match &self.whole {
            Some(whole) => Frame::decode_captured(self.link_type(), &whole.frame),
            None => self.packet.frame(),
        }
    }

    fn sctp(&self) -> Result<&[u8], String> {
        match &self.whole {
            Some(_) => super::sctp_in(self.frame()),
            None => self.packet.sctp(),
        }
    }

    fn keep(&self, part: &[u8]) -> Bytes {
        match &self.whole {
            Some(whole) => whole.frame.slice_ref(part),
            None => self.packet.keep(part),
        }
    }
}
