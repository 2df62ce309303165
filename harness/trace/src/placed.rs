//! Packets with their places at the ends of paths.

use std::collections::HashMap;
use std::net::IpAddr;
use std::ops::Range;

use bytes::Bytes;
use recording::{Direction, PacketView, Time};
use wire::frame::{Frame, FrameError, LinkType};

use super::ends::Conversation;
use super::{Packet, Survey};

/// A packet at the end of a path.
#[derive(Clone, Debug)]
pub struct Placed {
    packet: Packet,
    at: At,
    /// The bytes of the SCTP packet without its checksum: the same wherever the packet
    /// was captured.
    likeness: Option<Vec<u8>>,
    /// Place of the SCTP packet in the frame.
    sctp: Option<Range<usize>>,
}

/// The place and the time at which a packet is shown.
#[derive(Clone, Copy, Debug)]
pub(crate) struct At {
    /// Nanoseconds from the start.
    pub(crate) at: u64,
    pub(crate) interface: usize,
    pub(crate) direction: Direction,
    /// The number of the capture, where there are several.
    pub(crate) file: Option<usize>,
}

impl Placed {
    pub(crate) fn new(packet: Packet, at: At, sctp: Option<Range<usize>>) -> Self {
        let likeness = sctp.clone().filter(|_| at.file.is_some()).map(|it| {
            let sctp = &packet.bytes()[it];
            let front = sctp.get(..8).unwrap_or(sctp);
            [front, sctp.get(12..).unwrap_or_default()].concat()
        });
        Self {
            packet,
            at,
            likeness,
            sctp,
        }
    }
}

impl PacketView for Placed {
    fn at(&self) -> Time {
        Time::from_nanos(self.at.at)
    }

    fn interface(&self) -> usize {
        self.at.interface
    }

    fn direction(&self) -> Direction {
        self.at.direction
    }

    fn fault(&self) -> Option<&str> {
        self.packet.fault()
    }

    fn bytes(&self) -> &[u8] {
        self.packet.bytes()
    }

    fn likeness(&self) -> &[u8] {
        self.likeness.as_deref().unwrap_or(self.packet.bytes())
    }

    fn link_type(&self) -> LinkType {
        self.packet.link_type()
    }

    fn number(&self) -> Option<u64> {
        self.packet.number()
    }

    fn file(&self) -> Option<usize> {
        self.at.file
    }

    fn fragments(&self) -> usize {
        self.packet.fragments()
    }

    fn frame(&self) -> Result<Frame<'_>, FrameError> {
        self.packet.frame()
    }

    fn sctp(&self) -> Result<&[u8], String> {
        match &self.sctp {
            Some(known) => Ok(&self.packet.bytes()[known.clone()]),
            None => self.packet.sctp(),
        }
    }

    fn keep(&self, part: &[u8]) -> Bytes {
        self.packet.keep(part)
    }
}

/// Places packets of a capture that has grown since its survey.
#[derive(Debug)]
pub struct Placer<'s> {
    survey: &'s Survey,
    /// The path by source and destination address, where ports tell no hosts apart.
    by_addresses: HashMap<(IpAddr, IpAddr), (u32, u32)>,
}

/// A packet between addresses that the survey has not seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stranger;

impl<'s> Placer<'s> {
    /// Makes a placer from a survey.
    #[must_use]
    pub fn new(survey: &'s Survey) -> Self {
        let mut by_addresses = HashMap::new();
        for (path, number) in survey.paths.iter().zip(0..) {
            let [(one, _), (other, _)] = path.ends;
            if one.port.is_none() && other.port.is_none() {
                by_addresses.insert((one.address, other.address), (number, 0));
                by_addresses.insert((other.address, one.address), (number, 1));
            }
        }
        Self {
            survey,
            by_addresses,
        }
    }

    /// The packet as one of a recording, as [`Capture::placed`](super::Capture::placed)
    /// gives it; `None` for a packet without SCTP.
    ///
    /// # Errors
    ///
    /// [`Stranger`], if the capture must be surveyed again to find the packet's hosts.
    pub fn place(&self, packet: Packet) -> Result<Option<Placed>, Stranger> {
        let decoded = packet.frame();
        let Ok(frame) = &decoded else {
            return Ok(None);
        };
        let (conversation, sctp) = match Conversation::of(frame) {
            Some((conversation, sctp)) => (conversation, Some(sctp)),
            None => match Conversation::of_icmp(frame) {
                Some(answered) => (answered, None),
                None => return Ok(None),
            },
        };
        let addresses = (conversation.source, conversation.destination);
        let known = self.survey.places.get(&conversation);
        let place = known.or_else(|| self.by_addresses.get(&addresses));
        let Some(&(path, side)) = place else {
            // Conversations beyond the limit stay unplaced after another survey.
            return match self.survey.counts.left_out {
                0 => Err(Stranger),
                _ => Ok(None),
            };
        };
        let sctp = sctp.map(|it| place_in(packet.bytes(), it));
        drop(decoded);
        let at = At {
            at: packet.time_ns().saturating_sub(self.survey.start_ns),
            interface: 2 * path as usize + side as usize,
            direction: Direction::Out,
            file: None,
        };
        Ok(Some(Placed::new(packet, at, sctp)))
    }
}

/// The place of `part` in `whole`, a slice that contains it.
pub(crate) fn place_in(whole: &[u8], part: &[u8]) -> Range<usize> {
    let start = part.as_ptr().addr() - whole.as_ptr().addr();
    start..start + part.len()
}
