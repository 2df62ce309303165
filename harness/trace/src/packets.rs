//! The packets of a capture, one after the other.

use std::cell::RefCell;
use std::path::PathBuf;
use std::rc::Rc;
use std::time::Duration;

use pcapng::ReadError;

use super::ahead::Ahead;
use super::batch::Batch;
use super::pieces::Piece;
use super::{CaptureError, Packet};

/// Gives the packets of a capture, and last, where it cannot be read on, the
/// reason. Another thread reads them.
pub struct Packets {
    path: PathBuf,
    pieces: Ahead<Piece>,
    batch: Rc<Batch>,
    /// How many packets of the batch have been given.
    given: usize,
    /// What is wrong behind the batch.
    damage: Option<ReadError>,
    copies: u64,
}

impl Packets {
    pub(crate) fn new(path: PathBuf, pieces: impl Iterator<Item = Piece> + Send + 'static) -> Self {
        Self {
            path,
            pieces: Ahead::new(pieces),
            batch: Rc::default(),
            given: 0,
            damage: None,
            copies: 0,
        }
    }

    /// How many packets were left out so far, for they had been captured before.
    #[must_use]
    pub fn copies(&self) -> u64 {
        self.copies
    }

    fn take(&mut self, Piece { batch, damage }: Piece) {
        self.copies += batch.copies;
        (self.batch, self.given, self.damage) = (Rc::new(batch), 0, damage);
    }

    /// The next packet, or the end, if it comes so soon; `None` if it may come later.
    pub fn next_within(&mut self, wait: Duration) -> Option<Option<Result<Packet, CaptureError>>> {
        let has_one = self.given < self.batch.packets.len() || self.damage.is_some();
        if !has_one {
            match self.pieces.next_within(wait)? {
                Some(piece) => {
                    self.take(piece);
                    // All of it may be copies.
                    if self.batch.packets.is_empty() && self.damage.is_none() {
                        return None;
                    }
                }
                None => return Some(None),
            }
        }
        Some(self.next())
    }

    /// Those up to where the capture cannot be read on, with the reason left in
    /// `damage`.
    pub fn up_to(self, damage: &RefCell<Option<CaptureError>>) -> impl Iterator<Item = Packet> {
        self.map_while(|packet| {
            let kept = packet.map_err(|error| damage.replace(Some(error)));
            kept.ok()
        })
    }
}

impl Iterator for Packets {
    type Item = Result<Packet, CaptureError>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(packet) = Packet::of(&self.batch, self.given) {
                self.given += 1;
                return Some(Ok(packet));
            }
            if let Some(error) = self.damage.take() {
                let path = self.path.clone();
                return Some(Err(CaptureError::Read { path, error }));
            }
            let piece = self.pieces.next()?;
            self.take(piece);
        }
    }
}
