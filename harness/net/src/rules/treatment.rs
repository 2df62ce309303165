//! Departures: the frames that leave the fabric in place of a frame on which a rule acts.

use std::borrow::Cow;
use std::num::NonZeroU32;
use std::time::Duration;

use super::alter::altered;
use super::frame::Frame;
use super::{Action, Corruption, Rewriting};
use crate::error::NetError;
use crate::layout::{Layout, PortId};

/// An [`Action`] with its names resolved.
#[derive(Debug)]
pub(super) enum Treatment {
    Pass,
    Drop,
    Delay(Duration),
    Duplicate { copies: NonZeroU32, gap: Duration },
    Reorder { behind: NonZeroU32 },
    Corrupt(Corruption),
    Rewrite(Rewriting),
    Mirror(PortId),
}

/// A frame that is to leave the fabric.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Departure<'a> {
    /// The port at whose end the frame leaves.
    pub(crate) to: PortId,
    pub(crate) when: When,
    pub(crate) bytes: Cow<'a, [u8]>,
}

/// Time of a departure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum When {
    Now,
    /// At this time, in nanoseconds of `CLOCK_MONOTONIC`.
    At(u64),
    /// After this number of other frames have left to the same port.
    Behind(NonZeroU32),
}

impl Treatment {
    pub(super) fn resolve(action: Action, layout: &Layout) -> Result<Self, NetError> {
        Ok(match action {
            Action::Pass => Self::Pass,
            Action::Drop => Self::Drop,
            Action::Delay(time) => Self::Delay(time),
            Action::Duplicate { copies, gap } => Self::Duplicate { copies, gap },
            Action::Reorder { behind } => Self::Reorder { behind },
            Action::Corrupt(corruption) => Self::Corrupt(corruption),
            Action::Rewrite(rewriting) => Self::Rewrite(rewriting),
            Action::Mirror { link, node } => Self::Mirror(layout.port_of(&link, &node)?.id),
        })
    }

    /// The departures for this frame. `chunk` is the index of the chunk that matched the
    /// rule.
    pub(super) fn departures<'a>(&self, frame: &Frame<'a>, chunk: usize) -> Vec<Departure<'a>> {
        let to = frame.sender.opposite();
        let leave = |when, bytes| Departure { to, when, bytes };
        let later = |time: Duration| {
            let time = u64::try_from(time.as_nanos()).unwrap_or(u64::MAX);
            match time {
                0 => When::Now,
                time => When::At(frame.at.saturating_add(time)),
            }
        };
        let whole = || Cow::Borrowed(frame.bytes);
        match self {
            Self::Pass => vec![leave(When::Now, whole())],
            Self::Drop => vec![],
            Self::Delay(time) => vec![leave(later(*time), whole())],
            Self::Duplicate { copies, gap } => (0..=copies.get())
                .map(|copy| leave(later(gap.saturating_mul(copy)), whole()))
                .collect(),
            Self::Reorder { behind } => vec![leave(When::Behind(*behind), whole())],
            Self::Corrupt(corruption) => {
                let bytes = altered(frame.bytes, |packet| corruption.apply(packet));
                vec![leave(When::Now, bytes.into())]
            }
            Self::Rewrite(rewriting) => {
                vec![leave(When::Now, rewriting.of(frame.bytes, chunk).into())]
            }
            Self::Mirror(other) => vec![
                leave(When::Now, whole()),
                Departure {
                    to: *other,
                    when: When::Now,
                    bytes: whole(),
                },
            ],
        }
    }
}
