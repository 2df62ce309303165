//! The state of one path in the history of an association: its errors, its timers, its
//! last DATA.

use bounds::TimerKind;
use recording::Time;

use super::Armed;

/// The state of a path while the packets are followed.
pub(super) struct Path {
    pub(super) errors: u32,
    pub(super) state: State,
    pub(super) t3: Option<Armed>,
    pub(super) heartbeat: Option<Armed>,
    /// The time of a HEARTBEAT that has not been acknowledged.
    pub(super) unanswered: Option<Time>,
    /// The time at which DATA or FORWARD TSN was sent there last.
    pub(super) last_data: Option<Time>,
    /// The time of the last SACK that acknowledged DATA sent there.
    pub(super) acknowledged: Option<Time>,
    /// The greatest number of further T3-rtx expiries that no packet shows.
    pub(super) silent: u32,
    /// T3-rtx that may be running, for a retransmission that could not be sent.
    pub(super) perhaps: Option<Armed>,
    /// When an answer to a HEARTBEAT set T3-rtx, whether or not anything was in flight.
    pub(super) forced: Option<Time>,
    /// T3-rtx that a SACK stopped last, and when.
    pub(super) stopped: Option<(Time, Armed)>,
    /// Whether T3-rtx may have been started or may have run out unseen since all DATA was
    /// last acknowledged.
    pub(super) is_unsure: bool,
    /// The time at which a retransmission that was held back may have made the path count
    /// as used.
    pub(super) last_data_perhaps: Option<Time>,
}

/// The states of a path that the timers depend on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    Active,
    PotentiallyFailed,
    Inactive,
    Unconfirmed,
}

impl State {
    pub(super) fn of(name: &str) -> State {
        match name {
            "SCTP_POTENTIALLY_FAILED" => State::PotentiallyFailed,
            "SCTP_INACTIVE" | "SCTP_UNREACHABLE" => State::Inactive,
            "SCTP_UNCONFIRMED" => State::Unconfirmed,
            _ => State::Active,
        }
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            State::Active => "SCTP_ACTIVE",
            State::PotentiallyFailed => "SCTP_POTENTIALLY_FAILED",
            State::Inactive => "SCTP_INACTIVE",
            State::Unconfirmed => "SCTP_UNCONFIRMED",
        }
    }

    /// Whether HEARTBEATs follow each other after about one RTO, without HB.interval.
    pub(super) fn is_probed(self) -> bool {
        matches!(self, State::PotentiallyFailed | State::Unconfirmed)
    }

    pub(super) fn heartbeat(self) -> TimerKind {
        if self == State::PotentiallyFailed {
            TimerKind::Probe
        } else {
            TimerKind::Heartbeat
        }
    }
}

impl Path {
    pub(super) fn new(state: State) -> Self {
        Self {
            errors: 0,
            state,
            t3: None,
            heartbeat: None,
            unanswered: None,
            last_data: None,
            acknowledged: None,
            silent: 0,
            perhaps: None,
            forced: None,
            stopped: None,
            is_unsure: false,
            last_data_perhaps: None,
        }
    }
}
