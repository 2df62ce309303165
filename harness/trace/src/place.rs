//! The packets of a capture as those of a recording.

use std::cell::RefCell;

use bytes::{Bytes, BytesMut};
use recording::{Direction, Packet, Time};
use wire::frame::{Frame, LinkType};
use wire::pcapng::CapturedPacket;

use super::copies::Copies;
use super::ends::Conversation;
use super::recent::Recent;
use super::{Capture, CaptureError, Survey};

/// Gives the SCTP packets of a capture as those of a recording, as they were
/// sent: packet by packet, and each once.
///
/// Its interfaces are the ends of the survey's paths: of path `n` the ends `2n`
/// and `2n + 1`. Where the capture cannot be read on it ends, and leaves the
/// reason.
pub struct Placed<'s> {
    capture: Capture,
    survey: &'s Survey,
    copies: Copies,
    recent: Recent<Conversation, (usize, usize)>,
    damage: &'s RefCell<Option<CaptureError>>,
}

impl<'s> Placed<'s> {
    /// Places the packets of the capture that the survey was made of, opened
    /// again.
    #[must_use]
    pub fn new(
        capture: Capture,
        survey: &'s Survey,
        damage: &'s RefCell<Option<CaptureError>>,
    ) -> Self {
        Self {
            capture,
            survey,
            copies: Copies::default(),
            recent: Recent::default(),
            damage,
        }
    }

    fn place(&mut self, captured: &CapturedPacket) -> Option<Packet> {
        let link_type = self.capture.link_type(captured);
        let frame = Frame::decode_captured(link_type, &captured.bytes).ok()?;
        let sctp = frame.sctp()?;
        let conversation = Conversation::of(frame.source, frame.destination, sctp)?;
        if self.capture.has_many_interfaces() && self.copies.has_seen(captured, conversation, sctp)
        {
            return None;
        }
        let (path, side) = match self.recent.get(conversation) {
            Some(place) => place,
            None => {
                let place = *self.survey.places.get(&conversation)?;
                self.recent.remember(conversation, place);
                place
            }
        };
        Some(Packet {
            at: Time::from_nanos(captured.time_ns.saturating_sub(self.survey.start_ns)),
            interface: 2 * path + side,
            direction: Direction::Out,
            frame: as_ethernet(link_type, captured)?,
            fault: captured.comments.first().cloned(),
        })
    }
}

impl Iterator for Placed<'_> {
    type Item = Packet;

    fn next(&mut self) -> Option<Packet> {
        loop {
            match self.capture.next()? {
                Ok(captured) => {
                    if let Some(packet) = self.place(&captured) {
                        return Some(packet);
                    }
                }
                Err(error) => {
                    self.damage.replace(Some(error));
                    return None;
                }
            }
        }
    }
}

/// The packet in an Ethernet frame: the one that it came in, or one between
/// hardware addresses of zero.
pub(crate) fn as_ethernet(link_type: LinkType, captured: &CapturedPacket) -> Option<Bytes> {
    if link_type == LinkType::ETHERNET {
        return Some(captured.bytes.clone());
    }
    let ip = captured.bytes.get(link_type.header_length()?..)?;
    // The version is the first four bits of either header.
    let ethertype: u16 = match ip.first()? >> 4 {
        4 => 0x0800,
        6 => 0x86dd,
        _ => return None,
    };
    let mut frame = BytesMut::zeroed(12);
    frame.extend(ethertype.to_be_bytes());
    frame.extend(ip);
    Some(frame.freeze())
}
