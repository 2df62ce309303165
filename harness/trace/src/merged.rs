//! Merges several captures into one.

use recording::PacketView as _;

use super::clock::Clock;
use super::copies::Copies;
use super::ends::Conversation;
use super::{Capture, CaptureError, Packet, Packets};

/// The packets of several captures in the order of time, each with the number of its
/// capture, from 0.
pub struct Merged {
    captures: Vec<Opened>,
    /// The second capture's clock relative to the first's.
    clock: Clock,
    /// Absent if each packet is given as often as it was captured.
    copies: Option<Copies>,
    /// Number of packets that were left out because another capture had shown them.
    seen_elsewhere: u64,
}

/// An open capture, and its next packet.
struct Opened {
    packets: Packets,
    next: Option<Result<Packet, CaptureError>>,
}

impl Opened {
    fn new(mut packets: Packets) -> Self {
        let next = packets.next();
        Self { packets, next }
    }

    fn next(&mut self) -> Option<Result<Packet, CaptureError>> {
        let following = match &self.next {
            Some(_) => self.packets.next(),
            None => None,
        };
        std::mem::replace(&mut self.next, following)
    }
}

impl Merged {
    /// Gives each packet as often as it was captured at different places.
    pub(crate) fn of(captures: Vec<Capture>, clock: Clock) -> Self {
        let captures = captures.into_iter();
        Self {
            captures: captures.map(|it| Opened::new(it.once())).collect(),
            clock,
            copies: None,
            seen_elsewhere: 0,
        }
    }

    /// Leaves out packets that another capture has shown.
    pub(crate) fn without_copies(self) -> Self {
        Self {
            copies: Some(Copies::default()),
            ..self
        }
    }

    /// Number of packets that have been left out so far because they had been captured
    /// before.
    #[must_use]
    pub fn copies(&self) -> u64 {
        let captures = self.captures.iter();
        captures.map(|it| it.packets.copies()).sum::<u64>() + self.seen_elsewhere
    }

    /// The time of a packet by the first capture's clock.
    #[must_use]
    pub fn at(&self, capture: usize, packet: &Packet) -> u64 {
        let at = packet.at().as_nanos();
        match capture {
            1 => self.clock.of_first(at),
            _ => at,
        }
    }

    /// The index of the capture with the earliest next packet. A capture that cannot be
    /// read any further comes first.
    fn earliest(&self) -> Option<usize> {
        if let [only] = self.captures.as_slice() {
            return only.next.as_ref().map(|_| 0);
        }
        let clock = self.clock;
        let all = self.captures.iter().enumerate();
        let next = all.filter_map(|(place, it)| {
            let time = it
                .next
                .as_ref()?
                .as_ref()
                .map_or(0, |it| it.at().as_nanos());
            let time = if place == 1 {
                clock.of_first(time)
            } else {
                time
            };
            Some((time, place))
        });
        next.min().map(|(_, place)| place)
    }

    /// Whether another capture has already shown the packet.
    fn has_seen(&mut self, capture: usize, packet: &Packet) -> bool {
        let at = self.at(capture, packet);
        let Some(copies) = self.copies.as_mut().filter(|_| self.captures.len() > 1) else {
            return false;
        };
        let Ok(frame) = packet.frame() else {
            return false;
        };
        let Some((conversation, sctp)) = Conversation::of(&frame) else {
            return false;
        };
        let mut seen = packet.seen(&frame, conversation, sctp);
        seen.at = at;
        seen.interface = capture;
        seen.has_many_interfaces = true;
        copies.has_seen_elsewhere(&seen)
    }
}

impl Iterator for Merged {
    type Item = Result<(usize, Packet), CaptureError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let capture = self.earliest()?;
            let packet = match self.captures[capture].next()? {
                Ok(packet) => packet,
                Err(error) => return Some(Err(error)),
            };
            if !self.has_seen(capture, &packet) {
                return Some(Ok((capture, packet)));
            }
            self.seen_elsewhere += 1;
        }
    }
}
