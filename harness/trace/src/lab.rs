//! The packets of a capture that the lab wrote.

use std::cell::RefCell;

use recording::{Direction, Packet, Time};
use wire::pcapng;

use super::{Capture, CaptureError};

/// Gives the packets of a capture that the lab wrote, which tells interfaces and
/// directions itself. Where it cannot be read on it ends, and leaves the reason.
pub struct LabPackets<'d> {
    capture: Capture,
    damage: &'d RefCell<Option<CaptureError>>,
}

impl<'d> LabPackets<'d> {
    /// Reads on in a capture of which no packet has been taken yet.
    #[must_use]
    pub fn new(capture: Capture, damage: &'d RefCell<Option<CaptureError>>) -> Self {
        Self { capture, damage }
    }
}

impl Iterator for LabPackets<'_> {
    type Item = Packet;

    fn next(&mut self) -> Option<Packet> {
        match self.capture.next()? {
            Ok(captured) => Some(Packet {
                at: Time::from_nanos(captured.time_ns),
                interface: captured.interface.0 as usize,
                direction: match captured.direction {
                    Some(pcapng::Direction::Outbound) => Direction::Out,
                    Some(pcapng::Direction::Inbound) | None => Direction::In,
                },
                frame: captured.bytes,
                fault: captured.comments.into_iter().next(),
            }),
            Err(error) => {
                self.damage.replace(Some(error));
                None
            }
        }
    }
}
