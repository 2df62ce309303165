//! Several captures of the same, as one.

use std::iter::Peekable;

use recording::PacketView as _;

use super::copies::Copies;
use super::ends::Conversation;
use super::{Capture, CaptureError, Packet, Packets};

/// The packets of several captures in the order of time, each once, with the number of
/// its capture, from 0: what was captured at both ends counts where it was seen first.
/// The clocks of the hosts should agree to within a second.
pub struct Merged {
    captures: Vec<Peekable<Packets>>,
    copies: Copies,
}

impl Merged {
    /// Of these captures.
    #[must_use]
    pub fn of(captures: Vec<Capture>) -> Self {
        let captures = captures.into_iter().map(|it| it.once().peekable());
        Self {
            captures: captures.collect(),
            copies: Copies::default(),
        }
    }

    /// The place of the capture with the earliest packet; one that cannot be read on
    /// comes first.
    fn earliest(&mut self) -> Option<usize> {
        if let [only] = self.captures.as_mut_slice() {
            return only.peek().map(|_| 0);
        }
        let all = self.captures.iter_mut().enumerate();
        let next = all.filter_map(|(place, it)| {
            let time = it.peek()?.as_ref().map_or(0, |it| it.at().as_nanos());
            Some((time, place))
        });
        next.min().map(|(_, place)| place)
    }

    /// Whether another capture has shown the packet already.
    fn has_seen(&mut self, capture: usize, packet: &Packet) -> bool {
        if self.captures.len() < 2 {
            return false;
        }
        let Ok(frame) = packet.frame() else {
            return false;
        };
        let Some((conversation, sctp)) = Conversation::of(&frame) else {
            return false;
        };
        let mut seen = packet.seen(&frame, conversation, sctp);
        seen.interface = capture;
        seen.has_many_interfaces = true;
        self.copies.has_seen_elsewhere(&seen)
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
