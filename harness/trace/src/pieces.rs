//! A capture, piece by piece.

use std::io::Read;

use wire::capture::Reader;
use wire::pcapng::ReadError;

use super::batch::Batch;

/// A part of a capture, and what is wrong behind it.
pub(crate) struct Piece {
    pub(crate) batch: Batch,
    pub(crate) damage: Option<ReadError>,
}

/// The parts of a capture.
pub(crate) struct Pieces<R> {
    reader: Reader<R>,
    ended: bool,
}

impl<R: Read> Pieces<R> {
    pub(crate) fn new(reader: Reader<R>) -> Self {
        Self {
            reader,
            ended: false,
        }
    }

    /// To ask what has been read of the capture's interfaces.
    pub(crate) fn reader(&self) -> &Reader<R> {
        &self.reader
    }
}

impl<R: Read> Iterator for Pieces<R> {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        if self.ended {
            return None;
        }
        let mut batch = Batch::with_room();
        let filled = batch.fill(&mut self.reader);
        self.ended = !matches!(filled, Ok(true));
        batch.has_many_interfaces = self.reader.interface_count() > 1;
        Some(Piece {
            batch,
            damage: filled.err(),
        })
    }
}
