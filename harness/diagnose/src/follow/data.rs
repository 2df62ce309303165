//! Follows user data in flight.

use wire::{ChunkType, Ppid, StreamId, Tsn, payload};

use super::{Follower, Seen};
use crate::association::count_under;
use crate::flow::Transmission;

/// A chunk with user data.
pub(super) struct Data<'c> {
    pub(super) tsn: Tsn,
    pub(super) stream: StreamId,
    /// The PPID, where the chunk is the first fragment of a message.
    pub(super) ppid: Option<Ppid>,
    pub(super) payload: &'c [u8],
}

impl<'c> Data<'c> {
    /// Reads a DATA or I-DATA chunk whose fixed part is known to be there (RFC 9260,
    /// section 3.3.1, and RFC 8260, section 2.1).
    #[inline]
    pub(super) fn of(kind: ChunkType, tsn: Tsn, chunk: &'c [u8]) -> Self {
        let word = |at: usize| {
            let bytes = chunk.get(at..at + 4).and_then(|it| it.first_chunk::<4>());
            bytes.map_or(0, |it| u32::from_be_bytes(*it))
        };
        let (ppid, payload) = match kind {
            ChunkType::IData => (word(16), 20),
            _ => (word(12), 16),
        };
        let begins = chunk[1] & 0x02 != 0;
        Self {
            tsn,
            stream: StreamId((word(8) >> 16) as u16),
            ppid: begins.then_some(Ppid(ppid)),
            payload: chunk.get(payload..).unwrap_or_default(),
        }
    }
}

impl Follower {
    pub(super) fn send(
        &mut self,
        number: usize,
        side: usize,
        path: usize,
        data: &Data<'_>,
        seen: Seen<'_>,
    ) {
        let association = &mut self.associations[number];
        association.paths[path].ways[side].data += 1;
        association.ends[side].flow.transmit(Transmission {
            tsn: data.tsn,
            bytes: data.payload.len(),
            at: seen.at,
            path,
            size: seen.sctp.len(),
        });
        let Some(ppid) = data.ppid else { return };
        if ppid == Ppid(0) {
            association.unnamed_data.add(seen.at);
        } else if let Some(message) = payload::look(ppid, data.payload) {
            let StreamId(stream) = data.stream;
            association
                .exchanges
                .take_in(message, side, stream, seen.at);
        }
        if ppid.turned_round().is_some() {
            count_under(&mut association.turned_ppids, ppid, seen.at);
        }
    }
}
