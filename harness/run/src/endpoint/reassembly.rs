//! Reassembles messages that are received in pieces.

use std::borrow::Cow;
use std::collections::BTreeMap;

use socket::{Arrival, AssocId, RecvFlags};

/// The pieces of messages that are not complete yet. Pieces of different associations come
/// by turns, and with interleaving also those of different streams and messages
/// (`SCTP_FRAGMENT_INTERLEAVE`, RFC 6458, section 8.1.20).
#[derive(Debug, Default)]
pub(super) struct Reassembly {
    begun: BTreeMap<Key, Vec<u8>>,
}

/// The message that a piece belongs to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    association: AssocId,
    stream: u16,
    unordered: bool,
    /// The stream sequence number; for I-DATA the lower half of the message identifier.
    sequence: u16,
}

impl Key {
    /// The message that a piece belongs to, as far as its ancillary data tells.
    pub(super) fn of(arrival: &Arrival) -> Self {
        let Some(info) = &arrival.rcvinfo else {
            return Self::default();
        };
        Self {
            association: info.assoc_id,
            stream: info.sid,
            unordered: info.flags.contains(RecvFlags::UNORDERED),
            sequence: info.ssn,
        }
    }
}

impl Reassembly {
    /// Takes a piece. Returns the message if this piece was its last.
    pub(super) fn take<'p>(
        &mut self,
        key: Key,
        piece: &'p [u8],
        last: bool,
    ) -> Option<Cow<'p, [u8]>> {
        if !last {
            self.begun.entry(key).or_default().extend(piece);
            return None;
        }
        Some(match self.begun.remove(&key) {
            Some(mut message) => {
                message.extend(piece);
                Cow::Owned(message)
            }
            None => Cow::Borrowed(piece),
        })
    }

    /// Forgets the begun messages of an association that is over.
    pub(super) fn forget(&mut self, association: AssocId) {
        self.begun.retain(|key, _| key.association != association);
    }

    /// Forgets a message whose delivery was aborted (RFC 6458, section 6.1.7). Linux says
    /// which message only with interleaving. Without interleaving an association has one
    /// begun message at a time.
    pub(super) fn forget_message(&mut self, association: AssocId, stream: u32, sequence: u32) {
        let is_it = |key: &Key| {
            key.association == association
                && u32::from(key.stream) == stream
                && u32::from(key.sequence) == sequence & 0xffff
        };
        if self.begun.keys().any(is_it) {
            self.begun.retain(|key, _| !is_it(key));
        } else {
            self.forget(association);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(association: u32, stream: u16, sequence: u16) -> Key {
        Key {
            association: AssocId::new(association),
            stream,
            unordered: false,
            sequence,
        }
    }

    #[test]
    fn pieces_of_two_associations_that_come_by_turns_make_two_messages() {
        let mut reassembly = Reassembly::default();
        let (one, other) = (key(5, 0, 0), key(6, 0, 0));
        assert_eq!(reassembly.take(one, b"on", false), None);
        assert_eq!(reassembly.take(other, b"oth", false), None);
        assert_eq!(
            reassembly.take(one, b"e", true).as_deref(),
            Some(&b"one"[..])
        );
        assert_eq!(
            reassembly.take(other, b"er", true).as_deref(),
            Some(&b"other"[..])
        );
    }

    #[test]
    fn pieces_of_two_streams_and_of_two_messages_of_a_stream_are_told_apart() {
        let mut reassembly = Reassembly::default();
        let keys = [key(5, 0, 0), key(5, 1, 0), key(5, 0, 1)];
        for key in keys {
            assert_eq!(reassembly.take(key, b"a", false), None);
        }
        for key in keys {
            assert_eq!(
                reassembly.take(key, b"b", true).as_deref(),
                Some(&b"ab"[..])
            );
        }
    }

    #[test]
    fn a_message_in_one_piece_passes_one_that_is_being_received() {
        let mut reassembly = Reassembly::default();
        reassembly.take(key(5, 0, 0), b"lo", false);
        let unordered = Key {
            unordered: true,
            ..key(5, 0, 0)
        };
        assert_eq!(
            reassembly.take(unordered, b"urgent", true).as_deref(),
            Some(&b"urgent"[..])
        );
        assert_eq!(
            reassembly.take(key(5, 0, 0), b"ng", true).as_deref(),
            Some(&b"long"[..])
        );
    }

    #[test]
    fn what_will_not_be_finished_is_forgotten() {
        let mut reassembly = Reassembly::default();
        reassembly.take(key(5, 0, 0), b"lost", false);
        reassembly.take(key(6, 3, 7), b"aborted", false);
        reassembly.forget(AssocId::new(5));
        reassembly.forget_message(AssocId::new(6), 3, 7);
        assert_eq!(
            reassembly.take(key(5, 0, 0), b"new", true).as_deref(),
            Some(&b"new"[..])
        );
        assert_eq!(
            reassembly.take(key(6, 3, 7), b"next", true).as_deref(),
            Some(&b"next"[..])
        );
    }
}
