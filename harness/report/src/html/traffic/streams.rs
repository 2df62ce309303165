//! The messages of each stream: when each was sent, arrived, could be delivered, and was
//! acknowledged. What arrives and cannot be delivered waits at the head of its stream
//! for an earlier message (RFC 9260, section 6.6); other streams do not.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::thinned::Thinned;

/// So many streams of a direction are told apart; of others the messages are counted.
const STREAMS: usize = 1_024;

/// So many chunks on their way, and messages that are not acknowledged, are remembered.
const REMEMBERED: usize = 4_096;

/// So many messages that waited are kept, the longest ones: none of them thinned out.
const WAITED: usize = 1_000;

/// So many messages of a stream may be begun and not ended.
const BEGUN: usize = 128;

/// All streams of a direction of an association.
#[derive(Debug, Default)]
pub(super) struct Streams {
    by_number: BTreeMap<u16, Stream>,
    /// By position of its TSN, whose each chunk is that has not arrived: the stream, and
    /// the position of the message's first.
    chunks: BTreeMap<i64, (u16, i64)>,
    /// Streams of which chunks have arrived since messages were delivered last.
    touched: BTreeSet<u16>,
    /// By the position of the last TSN, messages that could be delivered and are not
    /// acknowledged.
    delivered: BTreeMap<i64, Message>,
    /// The position of the last cumulative TSN ack.
    cumulative: Option<i64>,
    told: Thinned<Message>,
    waited: Vec<Message>,
    /// Messages of further streams.
    further: u64,
}

/// What is known of a stream.
#[derive(Debug, Default)]
struct Stream {
    /// By position of the first TSN, ordered messages that could not be delivered yet.
    ordered: BTreeMap<i64, Message>,
    /// Unordered ones that have not arrived.
    unordered: BTreeMap<i64, Message>,
    /// By whether it is unordered, and its number: the first TSN of a message whose end
    /// was not seen.
    begun: BTreeMap<(bool, u32), i64>,
    /// The number that the next message must have.
    next: Option<u32>,
    /// The first TSN of a message that waits for one that was not seen yet.
    held: Option<i64>,
    /// When the last ordered message could be delivered, and the one that this was for.
    last: Option<(u64, Option<Head>)>,
    sums: Sums,
}

/// What its messages come to.
#[derive(Clone, Copy, Debug, Default, Serialize)]
struct Sums {
    messages: u64,
    bytes: u64,
    /// Chunks that were sent again.
    again: u64,
    /// Messages that waited for an earlier one, and the longest time.
    waited: u64,
    longest: u64,
}

/// A message that others waited for: its number, its first TSN's position, and whether
/// a chunk of it was sent again.
type Head = (u32, i64, bool);

/// A message on its way. Times are in microseconds.
#[derive(Clone, Copy, Debug, Serialize)]
struct Message {
    stream: u16,
    /// Its SSN, or its MID where messages are interleaved (RFC 8260).
    number: u32,
    /// When its first TSN was sent.
    t: u64,
    first: i64,
    last: i64,
    link: usize,
    unordered: bool,
    again: bool,
    /// Whether the sender gave up on it (RFC 3758).
    abandoned: bool,
    /// When all of it had arrived.
    arrived: Option<u64>,
    /// When it could be delivered.
    delivered: Option<u64>,
    /// When its last TSN was acknowledged by a cumulative TSN ack.
    acked: Option<u64>,
    /// What it waited for; absent where that was not captured.
    head: Option<Head>,
    /// The number of the message behind it.
    #[serde(skip)]
    next: u32,
    #[serde(skip)]
    has_end: bool,
    #[serde(skip)]
    missing: u32,
}

/// A chunk of a message, as it is sent first.
pub(super) struct Piece {
    pub(super) stream: u16,
    pub(super) number: u32,
    pub(super) unordered: bool,
    pub(super) begins: bool,
    pub(super) ends: bool,
    /// The number of the message behind it.
    pub(super) next: u32,
    pub(super) bytes: u64,
}

/// The same as the page's script draws it.
#[derive(Debug, Serialize)]
pub(super) struct Drawn<'a> {
    messages: Vec<&'a Message>,
    of: u64,
    /// The messages that waited the longest for earlier ones.
    waited: &'a [Message],
    streams: Vec<(u16, Sums)>,
    further: u64,
}

impl Streams {
    /// A chunk is sent for the first time, over a link.
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

    /// One is sent again.
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

    /// A chunk has arrived, as far as this was seen or a SACK says.
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

    /// The sender gives up on all up to a TSN.
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

    /// After chunks have arrived: what can be delivered now, and what is acknowledged.
    /// `is_seen` tells whether all TSNs between two were seen.
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

    /// There are no more packets: what is under way stays so.
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
    /// How long it was there and could not be delivered, or has not been yet.
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
    /// Takes in a chunk; gives the position of its message's first.
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
            // What is acknowledged has arrived, whatever part of it was captured.
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
                // What it waited for was not captured.
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
