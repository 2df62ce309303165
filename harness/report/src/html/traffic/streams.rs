//! The messages of each stream: when each was sent, arrived, could be delivered, and was
//! acknowledged. A message that arrives out of order waits for an earlier message of its
//! stream (RFC 9260, section 6.6). Messages of other streams do not wait for it.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::thinned::Thinned;

/// Greatest number of streams of a direction that are kept apart. Of further streams the
/// messages are counted.
const STREAMS: usize = 1_024;

/// Greatest number of chunks in flight, and of unacknowledged messages, that are
/// remembered.
const REMEMBERED: usize = 4_096;

/// Greatest number of messages that are kept because they waited longest. None of these
/// messages is thinned out.
const WAITED: usize = 1_000;

/// Greatest number of messages of a stream whose last chunk was not seen.
const BEGUN: usize = 128;

/// All streams of one direction of an association.
#[derive(Debug, Default)]
pub(super) struct Streams {
    by_number: BTreeMap<u16, Stream>,
    /// The chunks that have not arrived, by the position of their TSN: stream, and
    /// position of the message's first TSN.
    chunks: BTreeMap<i64, (u16, i64)>,
    /// Streams with chunks that arrived after the last delivery.
    touched: BTreeSet<u16>,
    /// Messages that could be delivered and are not acknowledged, by the position of
    /// their last TSN.
    delivered: BTreeMap<i64, Message>,
    /// Position of the last cumulative TSN ack.
    cumulative: Option<i64>,
    told: Thinned<Message>,
    waited: Vec<Message>,
    /// Number of messages of further streams.
    further: u64,
}

/// The state of a stream.
#[derive(Debug, Default)]
struct Stream {
    /// Ordered messages that could not be delivered yet, by the position of their first
    /// TSN.
    ordered: BTreeMap<i64, Message>,
    /// Unordered messages that have not arrived.
    unordered: BTreeMap<i64, Message>,
    /// First TSNs of messages whose end was not seen, by whether the message is
    /// unordered, and by its number.
    begun: BTreeMap<(bool, u32), i64>,
    /// Number that the next message must have.
    next: Option<u32>,
    /// The first TSN of a message that waits for a message that was not seen yet.
    held: Option<i64>,
    /// Time at which the last ordered message could be delivered, and the message that it
    /// had waited for.
    last: Option<(u64, Option<Head>)>,
    sums: Sums,
}

/// Totals of a stream's messages.
#[derive(Clone, Copy, Debug, Default, Serialize)]
struct Sums {
    messages: u64,
    bytes: u64,
    /// Number of retransmitted chunks.
    again: u64,
    /// Number of messages that waited for an earlier one, and the longest waiting time.
    waited: u64,
    longest: u64,
}

/// A message for which others waited: its number, the position of its first TSN, and
/// whether one of its chunks was retransmitted.
type Head = (u32, i64, bool);

/// A message between sender and receiver. Times are in microseconds.
#[derive(Clone, Copy, Debug, Serialize)]
struct Message {
    stream: u16,
    /// SSN of the message, or its MID where messages are interleaved (RFC 8260).
    number: u32,
    /// Time at which the message's first TSN was sent.
    t: u64,
    first: i64,
    last: i64,
    link: usize,
    unordered: bool,
    again: bool,
    /// Whether the sender has abandoned the message (RFC 3758).
    abandoned: bool,
    /// Time at which all of the message had arrived.
    arrived: Option<u64>,
    /// Time at which the message could be delivered.
    delivered: Option<u64>,
    /// Time at which the message's last TSN was acknowledged by a cumulative TSN ack.
    acked: Option<u64>,
    /// The message that this one waited for; absent where that message was not captured.
    head: Option<Head>,
    /// Number of the message after this one.
    #[serde(skip)]
    next: u32,
    #[serde(skip)]
    has_end: bool,
    #[serde(skip)]
    missing: u32,
}

/// A chunk of a message, as it is first sent.
pub(super) struct Piece {
    pub(super) stream: u16,
    pub(super) number: u32,
    pub(super) unordered: bool,
    pub(super) begins: bool,
    pub(super) ends: bool,
    /// Number of the message after this one.
    pub(super) next: u32,
    pub(super) bytes: u64,
}

/// All streams of a direction, as the page's script draws them.
#[derive(Debug, Serialize)]
pub(super) struct Drawn<'a> {
    messages: Vec<&'a Message>,
    of: u64,
    /// The messages that waited longest for earlier ones.
    waited: &'a [Message],
    streams: Vec<(u16, Sums)>,
    further: u64,
}

impl Streams {
    /// Follows a chunk that is sent for the first time, over a link.
    pub(super) fn send(&mut self, place: i64, piece: &Piece, link: usize, at: u64) {
        let is_full = self.by_number.len() >= STREAMS;
        if is_full && !self.by_number.contains_key(&piece.stream) {
            self.further += u64::from(piece.ends);
            return;
        }
        let stream = self.by_number.entry(piece.stream).or_default();
        let first = stream.take_in(place, piece, link, at);
        self.chunks.insert(place, (piece.stream, first));
        if self.chunks.len() > REMEMBERED {
            self.forget();
        }
    }

    /// Follows a chunk that is sent again.
    pub(super) fn send_again(&mut self, place: i64) {
        let Some((number, first)) = self.chunks.get(&place) else {
            return;
        };
        if let Some(stream) = self.by_number.get_mut(number) {
            stream.sums.again += 1;
            if let Some(message) = stream.message(*first) {
                message.again = true;
            }
        }
    }

    /// Follows the arrival of a chunk, by the capture or by a SACK.
    pub(super) fn arrive(&mut self, place: i64, at: u64) {
        let Some((number, first)) = self.chunks.remove(&place) else {
            return;
        };
        if let Some(stream) = self.by_number.get_mut(&number)
            && let Some(message) = stream.message(first)
        {
            message.missing = message.missing.saturating_sub(1);
            message.arrived = message.arrived.max(Some(at));
            self.touched.insert(number);
        }
    }

    /// Follows the abandonment of all chunks up to a TSN.
    pub(super) fn abandon(&mut self, up_to: i64, at: u64) {
        let kept = self.chunks.split_off(&(up_to + 1));
        for (_, (number, first)) in std::mem::replace(&mut self.chunks, kept) {
            if let Some(stream) = self.by_number.get_mut(&number)
                && let Some(message) = stream.message(first)
            {
                message.abandoned = true;
                message.has_end = true;
                message.missing = 0;
                message.arrived = Some(at);
                self.touched.insert(number);
            }
        }
    }

    /// Delivers and acknowledges messages after chunks have arrived. `is_seen` says
    /// whether all TSNs between two positions were seen.
    pub(super) fn settle(
        &mut self,
        cumulative: Option<i64>,
        at: u64,
        is_seen: impl Fn(i64, i64) -> bool,
    ) {
        self.cumulative = self.cumulative.max(cumulative);
        for number in std::mem::take(&mut self.touched) {
            if let Some(stream) = self.by_number.get_mut(&number) {
                stream.settle(self.cumulative, at, &is_seen, &mut self.delivered);
                if stream.held.is_some() {
                    self.touched.insert(number);
                }
            }
        }
        if let Some(cumulative) = cumulative {
            let kept = self.delivered.split_off(&(cumulative + 1));
            for (_, mut message) in std::mem::replace(&mut self.delivered, kept) {
                message.acked.get_or_insert(at);
                self.tell(message);
            }
        }
        while self.delivered.len() > REMEMBERED
            && let Some((_, message)) = self.delivered.pop_first()
        {
            self.tell(message);
        }
    }

    fn tell(&mut self, message: Message) {
        let waited = message.waited();
        if waited > 0 {
            if let Some(stream) = self.by_number.get_mut(&message.stream) {
                stream.sums.waited += 1;
                stream.sums.longest = stream.sums.longest.max(waited);
            }
            self.waited.push(message);
            if self.waited.len() >= 2 * WAITED {
                self.keep_longest();
            }
        }
        self.told.push(message);
    }

    fn keep_longest(&mut self) {
        self.waited.sort_by_key(|it| Reverse(it.waited()));
        self.waited.truncate(WAITED);
    }

    /// Gives up the message of the earliest chunk.
    fn forget(&mut self) {
        let Some((_, (number, first))) = self.chunks.pop_first() else {
            return;
        };
        let stream = self.by_number.get_mut(&number);
        if let Some(message) = stream.and_then(|it| it.remove(first)) {
            self.tell(message);
        }
    }

    /// Ends the input. Chunks in flight stay in flight.
    pub(super) fn end(&mut self) {
        let streams = self.by_number.values_mut();
        let open: Vec<Message> = streams
            .flat_map(|it| {
                let ordered = std::mem::take(&mut it.ordered);
                ordered
                    .into_values()
                    .chain(std::mem::take(&mut it.unordered).into_values())
            })
            .chain(std::mem::take(&mut self.delivered).into_values())
            .collect();
        for message in open {
            self.tell(message);
        }
        self.keep_longest();
    }

    pub(super) fn drawn(&self) -> Drawn<'_> {
        let streams = self.by_number.iter();
        Drawn {
            messages: self.told.points.iter().collect(),
            of: self.told.of,
            waited: &self.waited,
            streams: streams.map(|(number, it)| (*number, it.sums)).collect(),
            further: self.further,
        }
    }
}

impl Message {
    /// Time from the arrival of the whole message to the moment at which it could be
    /// delivered; 0 where one of the two is not known.
    fn waited(&self) -> u64 {
        match (self.arrived, self.delivered) {
            (Some(arrived), Some(delivered)) => delivered.saturating_sub(arrived),
            _ => 0,
        }
    }

    fn has_arrived(&self) -> bool {
        self.has_end && self.missing == 0
    }
}

impl Stream {
    /// Takes in a chunk. Returns the position of its message's first TSN.
    fn take_in(&mut self, place: i64, piece: &Piece, link: usize, at: u64) -> i64 {
        self.sums.bytes += piece.bytes;
        self.sums.messages += u64::from(piece.ends);
        let key = (piece.unordered, piece.number);
        let begun = self.begun.get(&key).copied();
        let first = begun.filter(|_| !piece.begins).unwrap_or(place);
        let messages = match piece.unordered {
            true => &mut self.unordered,
            false => &mut self.ordered,
        };
        let message = messages.entry(first).or_insert(Message {
            stream: piece.stream,
            number: piece.number,
            next: piece.next,
            t: at,
            first,
            last: place,
            link,
            unordered: piece.unordered,
            again: false,
            abandoned: false,
            arrived: None,
            delivered: None,
            acked: None,
            head: None,
            has_end: false,
            missing: 0,
        });
        message.last = message.last.max(place);
        message.missing += 1;
        message.has_end |= piece.ends;
        match piece.ends {
            true => drop(self.begun.remove(&key)),
            false => drop(self.begun.insert(key, first)),
        }
        if self.begun.len() > BEGUN {
            self.begun.pop_first();
        }
        first
    }

    fn message(&mut self, first: i64) -> Option<&mut Message> {
        let ordered = self.ordered.get_mut(&first);
        ordered.or_else(|| self.unordered.get_mut(&first))
    }

    fn remove(&mut self, first: i64) -> Option<Message> {
        let ordered = self.ordered.remove(&first);
        ordered.or_else(|| self.unordered.remove(&first))
    }

    fn settle(
        &mut self,
        cumulative: Option<i64>,
        at: u64,
        is_seen: &impl Fn(i64, i64) -> bool,
        delivered: &mut BTreeMap<i64, Message>,
    ) {
        let acked = cumulative.unwrap_or(i64::MIN);
        let all = self.ordered.values_mut().take_while(|it| it.first <= acked);
        for message in all.filter(|it| it.last <= acked) {
            message.acked.get_or_insert(at);
        }
        while let Some((first, message)) = self.ordered.first_key_value() {
            // An acknowledged message has arrived completely, even if only a part of it
            // was captured.
            let is_torn = message.acked.is_some() && self.ordered.len() > 1;
            if !message.has_arrived() && !is_torn {
                break;
            }
            let is_next = self.next.is_none_or(|it| it == message.number);
            if !is_next && cumulative.is_some_and(|it| !is_seen(it, *first)) {
                self.held = Some(*first);
                break;
            }
            let was_held = self.held.take().is_some() && !is_next;
            let Some((_, mut message)) = self.ordered.pop_first() else {
                break;
            };
            let arrived = *message.arrived.get_or_insert(at);
            if was_held {
                // The message for which this one waited was not captured.
                self.last = Some((at, None));
            }
            match self.last {
                Some((until, head)) if until > arrived => {
                    (message.delivered, message.head) = (Some(until), head);
                }
                _ => {
                    message.delivered = Some(arrived);
                    let head = (message.number, message.first, message.again);
                    self.last = Some((arrived, Some(head)));
                }
            }
            self.next = Some(message.next);
            delivered.insert(message.last, message);
        }
        let arrived = self.unordered.extract_if(.., |_, it| it.has_arrived());
        for (_, mut message) in arrived {
            message.delivered = message.arrived;
            delivered.insert(message.last, message);
        }
    }
}
