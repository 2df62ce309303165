//! The life of an association as one of its ends lived it: every timer that ran out
//! there, every error that was counted, and every sign of life that cleared the
//! count, taken from the packets at that end's node and from what its kernel
//! reported.
//!
//! The rules by which a timer is set, and what its expiry does, are those of the
//! [`Stack`]; where the kernel reported an RTO or a state, that holds. So each expiry
//! can be held against the one timer that was set then.

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

/// One end of an association.
pub(crate) struct Of<'a> {
    pub(crate) endpoint: &'a str,
    pub(crate) node: &'a str,
    pub(crate) association: &'a AssociationName,
}

/// All that the timers of an association's end did.
#[derive(Debug, Default)]
pub(crate) struct Life {
    /// The timers that ran out, in order.
    pub(crate) expiries: Vec<Expiry>,
    /// What cleared a count, in order.
    pub(crate) resets: Vec<Reset>,
    /// What made an unreachable path available, in order.
    pub(crate) healed: Vec<Healed>,
    /// What no rule of the stack explains, in order.
    pub(crate) wrongs: Vec<Wrong>,
    /// What each path is like at the end.
    pub(crate) paths: BTreeMap<IpAddr, AtTheEnd>,
    /// The errors that the association counts at the end.
    pub(crate) errors: u32,
    /// T2-shutdown, if it was running: by the RTO of each path that may time it.
    pub(crate) t2: Vec<Armed>,
    /// The timers of an ASCONF and a RE-CONFIG that were not answered: by the RTO of each
    /// path that may time them.
    pub(crate) requests: Vec<Armed>,
    /// When the first SHUTDOWN or SHUTDOWN ACK was sent.
    pub(crate) shutdown: Option<Time>,
    /// Whether DATA is not acknowledged at the end.
    pub(crate) has_outstanding: bool,
}

/// A timer that ran out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Expiry {
    pub(crate) at: Time,
    pub(crate) path: IpAddr,
    pub(crate) timer: TimerKind,
    /// When it had been set.
    pub(crate) set: Time,
    /// The RTO that it was made of.
    pub(crate) rto: Span,
    /// How long after that it might run out.
    pub(crate) allowed: Interval,
    /// The errors of the path after it; `None` where it counted none.
    pub(crate) errors: Option<u32>,
    /// The errors of the association after it.
    pub(crate) of_association: u32,
    /// No packet shows when it was: only that it must have been by then.
    pub(crate) silent: bool,
}

impl Expiry {
    /// How long it took.
    pub(crate) fn took(&self) -> Span {
        (self.at - self.set).into()
    }

    /// How long it might have taken, in words.
    pub(crate) fn allowance(&self) -> String {
        match self.allowed {
            Interval::ANY if self.timer.is_of_heartbeats() => "asked for".to_owned(),
            Interval::ANY => "set unseen".to_owned(),
            allowed => allowed.to_string(),
        }
    }
}

/// A sign of life that cleared a path's count, and its association's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reset {
    pub(crate) at: Time,
    pub(crate) path: IpAddr,
    /// The errors that it cleared.
    pub(crate) errors: u32,
    pub(crate) why: String,
}

/// A HEARTBEAT ACK or a SACK that made an unreachable path available.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Healed {
    pub(crate) at: Time,
    pub(crate) path: IpAddr,
    /// When the HEARTBEAT was sent that it answered.
    pub(crate) asked: Option<Time>,
    pub(crate) why: String,
}

/// What no rule of the stack explains.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Wrong {
    pub(crate) at: Time,
    pub(crate) path: IpAddr,
    pub(crate) words: String,
}

/// A path when nothing more is on record.
#[derive(Clone, Debug)]
pub(crate) struct AtTheEnd {
    pub(crate) errors: u32,
    /// The timers that were running.
    pub(crate) t3: Option<Armed>,
    pub(crate) heartbeat: Option<Armed>,
    /// Whether its HEARTBEATs are on.
    pub(crate) heartbeats: bool,
    pub(crate) state: String,
    /// Expiries of T3-rtx that no packet shows, since the last sign of life.
    pub(crate) silent: u32,
    /// T3-rtx that may have been running.
    pub(crate) perhaps: Option<Armed>,
    /// Whether what is in flight on other paths may hold back what its T3-rtx would send.
    pub(crate) is_held_back: bool,
    /// When a SACK acknowledged DATA last that had gone there.
    pub(crate) acknowledged: Option<Time>,
}

impl Life {
    /// Follows an association up to that moment.
    pub(crate) fn of(of: &Of<'_>, timeline: &Timeline<'_>, stack: &Stack, until: Time) -> Life {
        replay::replay(of, timeline, stack, until)
    }

    /// The last sign of life of a path before that moment, or of the association.
    pub(crate) fn last_reset(&self, path: Option<IpAddr>, before: Time) -> Option<&Reset> {
        let of_path = |reset: &&Reset| path.is_none_or(|path| reset.path == path);
        let mut resets = self.resets.iter();
        resets.rfind(|reset| reset.at < before && of_path(reset))
    }
}
