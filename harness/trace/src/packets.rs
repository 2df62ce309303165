//! The iterator over the packets of a capture.

use std::cell::RefCell;
use std::path::PathBuf;
use std::rc::Rc;
use std::time::Duration;

use pcapng::ReadError;

use super::ahead::Ahead;
use super::batch::Batch;
use super::pieces::Piece;
use super::{CaptureError, Packet};

/// Iterates over the packets of a capture. If the capture cannot be read to its end, the
/// reason comes last. Another thread reads the file.
pub struct Packets {
    path: PathBuf,
    pieces: Ahead<Piece>,
    batch: Rc<Batch>,
    /// Number of packets of the batch that have been given.
    given: usize,
    /// The damage after the batch.
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

    /// Number of packets that have been left out so far because they had been captured
    /// before.
    #[must_use]
    pub fn copies(&self) -> u64 {
        self.copies
    }

    fn take(&mut self, Piece { batch, damage }: Piece) {
        self.copies += batch.copies;
        (self.batch, self.given, self.damage) = (Rc::new(batch), 0, damage);
    }

    /// The next packet, or the end, if it is ready within `wait`; `None` if it may come
    /// later.
    pub fn next_within(&mut self, wait: Duration) -> Option<Option<Result<Packet, CaptureError>>> {
        let has_one = self.given < self.batch.packets.len() || self.damage.is_some();
        if !has_one {
            match self.pieces.next_within(wait)? {
                Some(piece) => {
                    self.take(piece);
                    // The whole batch may consist of copies.
                    if self.batch.packets.is_empty() && self.damage.is_none() {
                        return None;
                    }
                }
                None => return Some(None),
            }
        }
        Some(self.next())
    }

    /// The packets up to a damage, which is left in `damage`.
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
