//! The history of one end of an association: every timer that ran out there, every error
//! that was counted, and every sign of life that cleared the count. The history is derived
//! from the packets at that end's node and from the states that the node's kernel reported.
//!
//! The rules of the [`Stack`] say how a timer is set and what its expiry does. But if the
//! kernel reported an RTO or a state, the history takes the reported one. So each expiry
//! can be compared with the one timer that was running.

mod addresses;
mod again;
mod armed;
mod data;
mod errors;
mod heartbeats;
mod outstanding;
mod path;
mod replay;
mod request;
mod restart;
mod sack;
mod samples;
mod shutdown;
mod signs;
mod silent;

use std::collections::BTreeMap;
use std::net::IpAddr;

use bounds::{Interval, Span, Stack, TimerKind};
use recording::{AssociationName, Time};

use super::timeline::Timeline;

pub(crate) use armed::Armed;
pub(crate) use replay::MOMENT;

/// One end of an association.
pub(crate) struct Of<'a> {
    pub(crate) endpoint: &'a str,
    pub(crate) node: &'a str,
    pub(crate) association: &'a AssociationName,
}

/// All expiries, errors and resets at one end of an association.
#[derive(Debug, Default)]
pub(crate) struct Life {
    /// The timers that ran out, in order.
    pub(crate) expiries: Vec<Expiry>,
    /// The events that cleared an error count, in order.
    pub(crate) resets: Vec<Reset>,
    /// The events that made an unreachable path available, in order.
    pub(crate) healed: Vec<Healed>,
    /// The events that no rule of the stack explains, in order.
    pub(crate) wrongs: Vec<Wrong>,
    /// The state of each path at the end of the record.
    pub(crate) paths: BTreeMap<IpAddr, AtTheEnd>,
    /// The error count of the association at the end of the record.
    pub(crate) errors: u32,
    /// T2-shutdown, if it was running: one for the RTO of each path that may have set it.
    pub(crate) t2: Vec<Armed>,
    /// The timers of an unanswered ASCONF and RE-CONFIG: one for the RTO of each path
    /// that may have set them.
    pub(crate) requests: Vec<Armed>,
    /// When the first SHUTDOWN or SHUTDOWN ACK was sent.
    pub(crate) shutdown: Option<Time>,
    /// When T5-shutdown-guard was set before any SHUTDOWN, because a closed window made the
    /// errors of an association that is to be shut down exceed their limit.
    pub(crate) last_chance: Option<Time>,
    /// Whether the association was closed before it was up.
    pub(crate) was_never_up: bool,
    /// Whether DATA is unacknowledged at the end of the record.
    pub(crate) has_outstanding: bool,
}

/// A timer that ran out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Expiry {
    pub(crate) at: Time,
    pub(crate) path: IpAddr,
    pub(crate) timer: TimerKind,
    /// The moment at which the timer had been set.
    pub(crate) set: Time,
    /// The RTO from which the timer was computed.
    pub(crate) rto: Span,
    /// The shortest and the longest time from `set` after which the timer might run out.
    pub(crate) allowed: Interval,
    /// The error count of the path after the expiry. `None` where the expiry counted no
    /// error.
    pub(crate) errors: Option<u32>,
    /// The error count of the association after the expiry.
    pub(crate) of_association: u32,
    /// Whether no packet shows the moment of the expiry. In that case the expiry came no
    /// later than `at`.
    pub(crate) silent: bool,
}

impl Expiry {
    /// The time from setting the timer to its expiry.
    pub(crate) fn took(&self) -> Span {
        (self.at - self.set).into()
    }

    /// The allowed range of that time, in words.
    pub(crate) fn allowance(&self) -> String {
        match self.allowed {
            Interval::ANY if self.timer.is_of_heartbeats() => "asked for".to_owned(),
            Interval::ANY => "set unseen".to_owned(),
            allowed => allowed.to_string(),
        }
    }
}

/// A sign of life that cleared the error count of a path, and most often of its association.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reset {
    pub(crate) at: Time,
    pub(crate) path: IpAddr,
    /// The error count that was cleared.
    pub(crate) errors: u32,
    /// Whether the error count of the association was cleared, too.
    pub(crate) of_association: bool,
    pub(crate) why: String,
}

/// A HEARTBEAT ACK or a SACK that made an unreachable path available.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Healed {
    pub(crate) at: Time,
    pub(crate) path: IpAddr,
    /// The moment at which the answered HEARTBEAT was sent.
    pub(crate) asked: Option<Time>,
    pub(crate) why: String,
}

/// An event that no rule of the stack explains.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Wrong {
    pub(crate) at: Time,
    pub(crate) path: IpAddr,
    pub(crate) words: String,
}

/// The state of a path at the end of the record.
#[derive(Clone, Debug)]
pub(crate) struct AtTheEnd {
    pub(crate) errors: u32,
    /// T3-rtx, if it was running.
    pub(crate) t3: Option<Armed>,
    pub(crate) heartbeat: Option<Armed>,
    /// Whether HEARTBEATs of the path are on.
    pub(crate) heartbeats: bool,
    pub(crate) state: String,
    /// Number of T3-rtx expiries that no packet shows, since the last sign of life.
    pub(crate) silent: u32,
    /// T3-rtx that may have been running.
    pub(crate) perhaps: Option<Armed>,
    /// Whether the chunks in flight on other paths may hold back what this path's T3-rtx
    /// would send.
    pub(crate) is_held_back: bool,
    /// The time of the last SACK that acknowledged DATA sent to this path.
    pub(crate) acknowledged: Option<Time>,
}

impl Life {
    /// Derives the history of one end of an association up to that moment.
    pub(crate) fn of(of: &Of<'_>, timeline: &Timeline<'_>, stack: &Stack, until: Time) -> Life {
        replay::replay(of, timeline, stack, until)
    }

    /// The last sign of life before that moment: of the path, or of the association if
    /// `path` is `None`.
    pub(crate) fn last_reset(&self, path: Option<IpAddr>, before: Time) -> Option<&Reset> {
        let is_of_it = |reset: &Reset| match path {
            Some(path) => reset.path == path,
            None => reset.of_association,
        };
        let mut resets = self.resets.iter();
        resets.rfind(|reset| reset.at < before && is_of_it(reset))
    }
}
