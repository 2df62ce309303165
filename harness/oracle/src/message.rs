//! The messages that one endpoint sends another.

use recording::{Event, MessageId, Time};

use crate::timeline::Timeline;

/// A message as it was handed over at one end.
pub(crate) struct Message<'a> {
    pub(crate) at: Time,
    /// Which it is: the step that sent it, and its number.
    pub(crate) id: (&'a str, u64),
    /// In bytes.
    pub(crate) size: usize,
    pub(crate) end: End,
}

/// Where a message was handed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// The sender's socket took it.
    Sent,
    /// The receiver got it.
    Received {
        /// The place of the first byte that is not as it was sent, if there is one.
        differs_at: Option<usize>,
    },
}

/// All messages of one endpoint for another, at both ends, in the order of the record.
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
