//! Several captures as one.

use std::iter::Peekable;
use std::path::PathBuf;

use recording::PacketView as _;

use super::clock::Clock;
use super::copies::Copies;
use super::ends::Conversation;
use super::{CaptureError, Packet, Packets, open};

/// The packets of several captures in the order of time, with the number of the capture
/// of each, from 0.
pub struct Merged {
    captures: Vec<Peekable<Packets>>,
    /// That of the second beside that of the first.
    clock: Clock,
    /// Absent if each packet is to come as often as it was captured.
    copies: Option<Copies>,
}

impl Merged {
    /// Each packet once: what was captured at both ends counts where it was seen first.
    /// The clocks should agree to within a second, once `clock` has put the second right.
    ///
    /// # Errors
    ///
    /// If a file cannot be opened.
    pub fn once(files: &[PathBuf], clock: Clock) -> Result<Self, CaptureError> {
        Ok(Self {
            copies: Some(Copies::default()),
            ..Self::of(files, clock)?
        })
    }

    /// Each packet as often as it was captured at different places.
    pub(crate) fn of(files: &[PathBuf], clock: Clock) -> Result<Self, CaptureError> {
        let captures = files.iter().map(|it| Ok(open(it)?.once().peekable()));
        Ok(Self {
            captures: captures.collect::<Result<_, CaptureError>>()?,
            clock,
            copies: None,
        })
    }

    /// When a packet of a capture was captured, by the clock of the first.
    #[must_use]
    pub fn at(&self, capture: usize, packet: &Packet) -> u64 {
        let at = packet.at().as_nanos();
        match capture {
            1 => self.clock.of_first(at),
            _ => at,
        }
    }

    /// The place of the capture with the earliest packet; one that cannot be read on
    /// comes first.
    fn earliest(&mut self) -> Option<usize> {
        if let [only] = self.captures.as_mut_slice() {
            return only.peek().map(|_| 0);
        }
        let clock = self.clock;
        let all = self.captures.iter_mut().enumerate();
        let next = all.filter_map(|(place, it)| {
            let time = it.peek()?.as_ref().map_or(0, |it| it.at().as_nanos());
            let time = if place == 1 {
                clock.of_first(time)
            } else {
                time
            };
            Some((time, place))
        });
        next.min().map(|(_, place)| place)
    }

    /// Whether another capture has shown the packet already.
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
        }
    }
}
