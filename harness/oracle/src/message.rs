//! The messages that one endpoint sends another.

use std::collections::BTreeMap;
use std::time::Duration;

use recording::{Event, MessageId, Time};

use crate::timeline::Timeline;

/// A message as it was handed over at one end: by the sender, or to the receiver.
pub(crate) struct Message<'a> {
    pub(crate) at: Time,
    /// Identity of the message: the step that sent it, and its number.
    pub(crate) id: (&'a str, u64),
    /// In bytes.
    pub(crate) size: usize,
    pub(crate) end: End,
}

/// The end at which a message was handed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// The sender's socket took the message.
    Sent,
    /// The receiver got the message.
    Received {
        /// Offset of the first byte that differs from what was sent, if one differs.
        differs_at: Option<usize>,
    },
}

/// All messages of one endpoint to another, at both ends, in the order of the record.
pub(crate) fn between<'a>(
    timeline: &Timeline<'a>,
    from: &str,
    to: &str,
) -> impl Iterator<Item = Message<'a>> {
    timeline
        .observations()
        .filter_map(move |(_, it)| match &it.event {
            Event::Sent {
                endpoint,
                to: receiver,
                step,
                number,
                size,
                error: None,
                ..
            } if endpoint == from && receiver == to => Some(Message {
                at: it.at,
                id: (step, *number),
                size: *size,
                end: End::Sent,
            }),
            Event::Received {
                endpoint,
                message:
                    Some(MessageId {
                        sender,
                        step,
                        number,
                    }),
                size,
                differs_at,
                ..
            } if endpoint == to && sender == from => Some(Message {
                at: it.at,
                id: (step, *number),
                size: *size,
                end: End::Received {
                    differs_at: *differs_at,
                },
            }),
            _ => None,
        })
}

/// A message that was sent, and the time that it took.
pub(crate) struct Delivery<'a> {
    pub(crate) sent: Time,
    /// Identity of the message: the step that sent it, and its number.
    pub(crate) id: (&'a str, u64),
    /// Time from the call that sent the message to the call that first received it.
    /// `None` if it never arrived.
    pub(crate) took: Option<Duration>,
}

/// The deliveries of all messages that one endpoint sent another between two times, in the
/// order of sending.
pub(crate) fn deliveries<'a>(
    timeline: &Timeline<'a>,
    from: &str,
    to: &str,
    (first, last): (Time, Time),
) -> Vec<Delivery<'a>> {
    let mut arrived: BTreeMap<(&str, u64), Time> = BTreeMap::new();
    let mut sent = Vec::new();
    for message in between(timeline, from, to) {
        match message.end {
            End::Sent if first <= message.at && message.at <= last => sent.push(message),
            End::Sent => {}
            End::Received { .. } => {
                arrived.entry(message.id).or_insert(message.at);
            }
        }
    }
    let delivery = |message: Message<'a>| Delivery {
        sent: message.at,
        id: message.id,
        took: arrived.get(&message.id).map(|at| *at - message.at),
    };
    sent.into_iter().map(delivery).collect()
}
