//! The packets of a capture as those of a recording.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashMap;
use std::panic;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{self, JoinHandle};

use recording::{Packet, Time};
use wire::frame::{Frame, LinkType};

use super::batch::{Batch, Packets};
use super::copies::Copies;
use super::ends::Conversation;
use super::recent::Recent;
use super::{Capture, CaptureError, Survey};

/// How many batches may wait to be taken.
const AHEAD: usize = 16;

/// Gives the SCTP packets of a capture as those of a recording, as they were
/// sent: packet by packet, and each once.
///
/// Its interfaces are the ends of the survey's paths: of path `n` the ends `2n`
/// and `2n + 1`. Where the capture cannot be read on it ends, and leaves the
/// reason.
///
/// A thread of its own reads and places packets, a little ahead of whoever takes
/// them.
pub struct Placed<'d> {
    packets: Packets,
    batches: Receiver<Result<Batch, CaptureError>>,
    thread: Option<JoinHandle<()>>,
    damage: &'d RefCell<Option<CaptureError>>,
}

impl<'d> Placed<'d> {
    /// Places the packets of the capture that the survey was made of, opened
    /// again.
    #[must_use]
    pub fn new(
        capture: Capture,
        survey: &Survey,
        damage: &'d RefCell<Option<CaptureError>>,
    ) -> Self {
        let (sender, batches) = sync_channel(AHEAD);
        let placing = Placing {
            capture,
            places: Arc::clone(&survey.places),
            start_ns: survey.start_ns,
            copies: Copies::default(),
            recent: Recent::default(),
        };
        Self {
            packets: Batch::default().into_packets(),
            batches,
            thread: Some(thread::spawn(move || placing.run(&sender))),
            damage,
        }
    }
}

impl Iterator for Placed<'_> {
    type Item = Packet;

    fn next(&mut self) -> Option<Packet> {
        loop {
            if let Some(packet) = self.packets.next() {
                return Some(packet);
            }
            match self.batches.recv() {
                Ok(Ok(batch)) => self.packets = batch.into_packets(),
                Ok(Err(error)) => {
                    self.damage.replace(Some(error));
                }
                Err(_) => {
                    if let Some(Err(cause)) = self.thread.take().map(JoinHandle::join) {
                        panic::resume_unwind(cause);
                    }
                    return None;
                }
            }
        }
    }
}

/// The thread's work.
struct Placing {
    capture: Capture,
    places: Arc<HashMap<Conversation, (usize, usize)>>,
    start_ns: u64,
    copies: Copies,
    recent: Recent<Conversation, (usize, usize)>,
}

impl Placing {
    /// Goes through the capture, unless nobody takes what it gives.
    fn run(mut self, batches: &SyncSender<Result<Batch, CaptureError>>) {
        let mut batch = Batch::new();
        let mut end = self.capture.advance();
        while let Ok(true) = end {
            self.place(&mut batch);
            if batch.is_full() {
                let full = std::mem::replace(&mut batch, Batch::new());
                if batches.send(Ok(full)).is_err() {
                    return;
                }
            }
            end = self.capture.advance();
        }
        // That nobody takes the last ones either is nobody's loss.
        if !batch.is_empty() {
            let _ = batches.send(Ok(batch));
        }
        if let Err(error) = end {
            let _ = batches.send(Err(error));
        }
    }

    /// Places the packet that the capture is at; `None` if it has no place.
    fn place(&mut self, batch: &mut Batch) -> Option<()> {
        let captured = self.capture.packet()?;
        let link_type = self.capture.link_type(captured.interface);
        let decoded = Frame::decode_captured(link_type, captured.bytes);
        let frame = decoded.as_ref().ok()?;
        let sctp = frame.sctp()?;
        let conversation = Conversation::of(frame.source, frame.destination, sctp)?;
        if self.capture.has_many_interfaces() && self.copies.has_seen(&captured, conversation, sctp)
        {
            return None;
        }
        let (path, side) = match self.recent.get(&conversation) {
            Some(place) => place,
            None => {
                let place = *self.places.get(&conversation)?;
                self.recent.remember(conversation, place);
                place
            }
        };
        batch.add(
            Time::from_nanos(captured.time_ns.saturating_sub(self.start_ns)),
            2 * path + side,
            captured.comments().next().map(Cow::into_owned),
            |frames| write_ethernet(link_type, captured.bytes, frames),
        );
        Some(())
    }
}

/// Appends the packet in an Ethernet frame: the one that it came in, or one
/// between hardware addresses of zero.
pub(crate) fn write_ethernet(
    link_type: LinkType,
    captured: &[u8],
    frames: &mut Vec<u8>,
) -> Option<()> {
    if link_type == LinkType::ETHERNET {
        frames.extend(captured);
        return Some(());
    }
    let ip = captured.get(link_type.header_length()?..)?;
    // The version is the first four bits of either header.
    let ethertype: u16 = match ip.first()? >> 4 {
        4 => 0x0800,
        6 => 0x86dd,
        _ => return None,
    };
    frames.extend([0; 12]);
    frames.extend(ethertype.to_be_bytes());
    frames.extend(ip);
    Some(())
}
