//! Labels of DATA and I-DATA chunks.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use recording::MessageId;
use wire::chunk::{Data, Fragment, IData};
use wire::{Chunk, Ppid, StreamId, Tsn, payload};

use super::number;
use crate::flow::Origin;
use crate::outstanding::Again;

/// The number of leading chunks that are DATA with successive whole messages of one step,
/// either all sent before or all new. 1 if the first chunk is anything else.
pub(super) fn run_length(chunks: &[Chunk], again: &SentBefore, is_of_the_lab: bool) -> usize {
    let follows = |pair: &&[Chunk]| match pair {
        [Chunk::Data(one), Chunk::Data(next)] => {
            let places = pair.iter().map(|chunk| again.get(chunk));
            let mut places = places.map(|it| it.map(|again| again.before));
            is_next_message(one, next) && places.next() == places.next()
        }
        _ => false,
    };
    if !is_of_the_lab {
        return 1;
    }
    1 + chunks.windows(2).take_while(follows).count()
}

fn is_next_message(one: &Data, next: &Data) -> bool {
    let ids = MessageId::parse(&one.payload).zip(MessageId::parse(&next.payload));
    let whole = |data: &Data| data.beginning && data.ending;
    let alike = |data: &Data| (data.stream, data.unordered, data.ppid);
    next.tsn == one.tsn.next()
        && whole(one)
        && whole(next)
        && alike(one) == alike(next)
        && ids.is_some_and(|(one, next)| {
            next.step == one.step && Some(next.number) == one.number.checked_add(1)
        })
}

/// The TSNs of a packet that were sent before, by number: there may be thousands.
pub(super) struct SentBefore(BTreeMap<u32, Again>);

impl SentBefore {
    pub(super) fn of(again: &[Again]) -> Self {
        // Of two entries with one TSN, the first counts.
        Self(again.iter().rev().map(|it| (it.tsn.0, *it)).collect())
    }

    /// The earlier transmission of the chunk, if there was one.
    pub(super) fn get(&self, chunk: &Chunk) -> Option<&Again> {
        self.0.get(&tsn_of(chunk)?.0)
    }
}

/// One label for the chunks from `first` to `last`: `DATA tsn+3..+7 ticker 4..8`.
pub(super) fn of_run(first: &Chunk, last: &Chunk, origin: Origin) -> String {
    let (Chunk::Data(first), Chunk::Data(last)) = (first, last) else {
        return String::new();
    };
    let mut label = number("DATA tsn", first.tsn, origin.sender);
    let _ = write!(label, "..{}", number("", last.tsn, origin.sender));
    label.push_str(&message(&first.payload, true));
    if let Some(id) = MessageId::parse(&last.payload) {
        let _ = write!(label, "..{}", id.number);
    }
    ppid(&mut label, first.ppid);
    stream(&mut label, first.stream, first.unordered);
    label
}

pub(super) fn of_data(data: &Data, origin: Origin, is_of_the_lab: bool) -> String {
    let mut label = number("DATA tsn", data.tsn, origin.sender);
    if data.beginning {
        label.push_str(&message(&data.payload, is_of_the_lab));
        rides(&mut label, data.ppid, &data.payload, is_of_the_lab);
    } else {
        let _ = write!(label, " {} B", data.payload.len());
    }
    stream(&mut label, data.stream, data.unordered);
    fragment(&mut label, data.beginning, data.ending);
    label
}

pub(super) fn of_i_data(data: &IData, origin: Origin, is_of_the_lab: bool) -> String {
    let mut label = number("I-DATA tsn", data.tsn, origin.sender);
    let beginning = match data.fragment {
        Fragment::First { ppid: id } => {
            label.push_str(&message(&data.payload, is_of_the_lab));
            rides(&mut label, id, &data.payload, is_of_the_lab);
            true
        }
        Fragment::Later { fsn } => {
            let _ = write!(label, " fsn {fsn} {} B", data.payload.len());
            false
        }
    };
    stream(&mut label, data.stream, data.unordered);
    fragment(&mut label, beginning, data.ending);
    label
}

/// The lab's message in the payload, if it has one.
fn of_the_lab(payload: &[u8], is_of_the_lab: bool) -> Option<MessageId> {
    match is_of_the_lab {
        true => MessageId::parse(payload),
        false => None,
    }
}

/// The name of the message, or else its length.
fn message(payload: &[u8], is_of_the_lab: bool) -> String {
    match of_the_lab(payload, is_of_the_lab) {
        Some(id) => format!(" {} {}", id.step, id.number),
        None => format!(" {} B", payload.len()),
    }
}

/// Adds the payload's protocol by name, and for some protocols the message. For the lab's
/// own messages the PPID is shown as a number, since it means nothing to the lab.
fn rides(label: &mut String, id: Ppid, payload: &[u8], is_of_the_lab: bool) {
    let message = match of_the_lab(payload, is_of_the_lab) {
        Some(_) => return ppid(label, id),
        None => payload::look(id, payload),
    };
    let meant = id.turned_round();
    match (message, id.name().or(meant.and_then(Ppid::name))) {
        (Some(message), _) => {
            let _ = write!(label, " {message}");
        }
        (None, Some(name)) => {
            let _ = write!(label, " {name}");
        }
        (None, None) => ppid(label, id),
    }
    if meant.is_some() {
        let _ = write!(label, ", ppid {id} with its bytes turned round");
    }
}

fn ppid(label: &mut String, ppid: Ppid) {
    if ppid != Ppid(0) {
        let _ = write!(label, " ppid {ppid}");
    }
}

fn stream(label: &mut String, stream: StreamId, unordered: bool) {
    if stream != StreamId(0) {
        let _ = write!(label, " stream {stream}");
    }
    if unordered {
        label.push_str(" unordered");
    }
}

fn fragment(label: &mut String, beginning: bool, ending: bool) {
    label.push_str(match (beginning, ending) {
        (true, true) => "",
        (true, false) => " first part",
        (false, false) => " part",
        (false, true) => " last part",
    });
}

fn tsn_of(chunk: &Chunk) -> Option<Tsn> {
    match chunk {
        Chunk::Data(data) => Some(data.tsn),
        Chunk::IData(data) => Some(data.tsn),
        _ => None,
    }
}
