//! Reads a capture in pieces.

use std::io::Read;

use pcapng::ReadError;
use pcapng::Reader;

use super::batch::{Batch, PACKETS};

/// A part of a capture, and the damage after it.
pub(crate) struct Piece {
    pub(crate) batch: Batch,
    pub(crate) damage: Option<ReadError>,
}

impl Piece {
    /// Reads the next piece; `None` at the end of an undamaged capture. `read` counts the
    /// packets of the earlier pieces.
    pub(crate) fn read<R: Read>(reader: &mut Reader<R>, read: &mut u64) -> Option<Self> {
        Self::of(Batch::with_room(), reader, read, PACKETS)
    }

    /// Reads a piece of a single packet, without waiting for another.
    pub(crate) fn read_one<R: Read>(reader: &mut Reader<R>, read: &mut u64) -> Option<Self> {
        Self::of(Batch::default(), reader, read, 1)
    }

    /// A piece without packets, for a damage.
    pub(crate) fn damaged(error: ReadError) -> Self {
        Self {
            batch: Batch::default(),
            damage: Some(error),
        }
    }

    fn of<R: Read>(
        mut batch: Batch,
        reader: &mut Reader<R>,
        read: &mut u64,
        most: usize,
    ) -> Option<Self> {
        let damage = batch.fill(reader, read, most).err();
        batch.has_many_interfaces = reader.interface_count() > 1;
        let is_one = !batch.packets.is_empty() || damage.is_some();
        is_one.then_some(Self { batch, damage })
    }
}
