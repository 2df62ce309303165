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

impl Piece {
    /// The next one; `None` if there is neither a packet nor anything wrong. `read`
    /// counts the packets of those before.
    pub(crate) fn read<R: Read>(reader: &mut Reader<R>, read: &mut u64) -> Option<Self> {
        let mut batch = Batch::with_room();
        let damage = batch.fill(reader, read).err();
        batch.has_many_interfaces = reader.interface_count() > 1;
        let is_one = !batch.packets.is_empty() || damage.is_some();
        is_one.then_some(Self { batch, damage })
    }
}
