use bounds::TimerKind;
use recording::Time;

use super::Armed;

/// What is known of a path while the association is followed.
pub(super) struct Path {
    pub(super) errors: u32,
    pub(super) state: State,
    pub(super) t3: Option<Armed>,
    pub(super) heartbeat: Option<Armed>,
    /// A HEARTBEAT that has not been acknowledged.
    pub(super) unanswered: Option<Time>,
    /// When DATA or FORWARD TSN was sent there last.
    pub(super) last_data: Option<Time>,
    /// When a SACK acknowledged DATA last that had gone there.
    pub(super) acknowledged: Option<Time>,
    /// So often T3-rtx may have run out besides, without a packet that shows it.
    pub(super) silent: u32,
    /// T3-rtx that may be running, for a retransmission that could not be sent.
    pub(super) perhaps: Option<Armed>,
    /// Whether T3-rtx has been started or has run out without a packet that shows it, since
    /// all was acknowledged.
    pub(super) is_unsure: bool,
    /// When such a retransmission may have made it count as used.
    pub(super) last_data_perhaps: Option<Time>,
}

/// The states that the timers ask for.
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

    /// Whether its HEARTBEATs follow each other after an RTO, without HB.interval.
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
            is_unsure: false,
            last_data_perhaps: None,
        }
    }
}
