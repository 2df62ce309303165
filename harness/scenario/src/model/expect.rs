//! A checked expectation: the awaited event, and its time limit.

use std::fmt;
use std::net::IpAddr;
use std::time::Duration;

use rules::spoken;

use super::{EndpointName, FieldWanted, LinePattern, NotificationKind, Signal, StepName};

/// An event that must be seen in time. The scenario continues as soon as it is seen. If
/// it is not seen in time, the remaining steps are not run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expect {
    /// The endpoint that must see it.
    pub at: EndpointName,
    /// The event.
    pub what: Expected,
    /// The time limit.
    pub within: Within,
    /// The step from whose start the time counts, and before which nothing is considered:
    /// the one named by `since:`, else the last earlier step that acts. `None` only in a
    /// scenario without such a step: the start of the run.
    pub since: Option<StepName>,
}

/// An event at an endpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expected {
    /// A notification. Each notification satisfies at most one expectation.
    Notification(NotificationPattern),
    /// A message from this endpoint.
    Message {
        /// The sender.
        from: EndpointName,
    },
    /// A path of a program's association that comes into a state.
    Path(PathPattern),
    /// An association of a program that comes up, or that ends.
    Association(AssociationTurn),
    /// A line of a program's output that matches.
    Output(LinePattern),
    /// A program exits.
    Exited {
        /// Its exit status.
        status: u8,
    },
    /// A signal ends a program.
    Signalled {
        /// The signal.
        signal: Signal,
    },
}

/// A pattern for notifications.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotificationPattern {
    /// Type of the notification.
    pub kind: NotificationKind,
    /// State of the notification (`sac_state`, `spc_state`), by its name in RFC 6458:
    /// `SCTP_COMM_UP`, `SCTP_ADDR_UNREACHABLE`.
    pub state: Option<String>,
    /// The peer's address in the notification (`spc_aaddr`).
    pub address: Option<IpAddr>,
    /// Wanted values of its other fields.
    pub fields: Vec<FieldWanted>,
}

impl NotificationPattern {
    /// Wanted values of all its fields, by their names in RFC 6458.
    #[must_use]
    pub fn wanted(&self) -> Vec<FieldWanted> {
        let state = match self.kind {
            NotificationKind::AssocChange => "sac_state",
            _ => "spc_state",
        };
        let named = |name: &str, value: String| FieldWanted {
            name: name.to_owned(),
            value,
        };
        let state = self.state.clone().map(|value| named(state, value));
        let address = self.address.map(|it| named("spc_aaddr", it.to_string()));
        let others = self.fields.iter().cloned();
        state.into_iter().chain(address).chain(others).collect()
    }
}

/// The state that a path of a program's association must come into. A socket of the lab
/// gets a notification of it; of a program's path the lab samples the state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PathPattern {
    /// The peer's address that the path leads to.
    pub address: IpAddr,
    /// The state.
    pub state: PathState,
}

/// The states of a path that was confirmed (`spinfo_state` of RFC 6458 section 8.2.2, and
/// RFC 7829 section 7.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathState {
    /// The path is good for data.
    Available,
    /// The path is not good for data.
    Unreachable,
    /// The path counts errors, and data go elsewhere.
    PotentiallyFailed,
}

impl PathState {
    /// All of them.
    pub const ALL: [PathState; 3] = [
        PathState::Available,
        PathState::Unreachable,
        PathState::PotentiallyFailed,
    ];

    /// The constant of `spinfo_state`.
    #[must_use]
    pub fn constant(self) -> &'static str {
        match self {
            PathState::Available => "SCTP_ACTIVE",
            PathState::Unreachable => "SCTP_INACTIVE",
            PathState::PotentiallyFailed => "SCTP_POTENTIALLY_FAILED",
        }
    }

    /// The word in a scenario, which is also that of the state in a notification.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            PathState::Available => "available",
            PathState::Unreachable => "unreachable",
            PathState::PotentiallyFailed => "potentially-failed",
        }
    }
}

/// A turn of a program's association. A socket of the lab gets a notification of such a turn;
/// for a program, the lab looks into the kernel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AssociationTurn {
    /// The association is set up.
    Up,
    /// The kernel no longer has the association, whoever ended it, and whether or not it was
    /// ever set up.
    Ended,
}

impl AssociationTurn {
    /// Both.
    pub const ALL: [AssociationTurn; 2] = [AssociationTurn::Up, AssociationTurn::Ended];

    /// The word in a scenario.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            AssociationTurn::Up => "up",
            AssociationTurn::Ended => "ended",
        }
    }
}

/// The time limit of an expectation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Within {
    /// A time in the scenario.
    Fixed(Duration),
    /// A bound computed from the timers in force.
    Bound(BoundKind),
}

/// The bounds that the oracle computes (RFC 9260, RFC 7829).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum BoundKind {
    /// From the failure of a path until it is declared unreachable (RFC 9260 section
    /// 8.2).
    Failover,
    /// From the repair of a path until a HEARTBEAT ACK makes it active again (section
    /// 8.3).
    Heartbeat,
    /// From the failure of all paths until the association is given up (section 8.1).
    Association,
    /// From the first unanswered INIT until the set-up is given up (section 5.1).
    Init,
    /// From the request for a shutdown until the association has ended (section 9.2).
    Shutdown,
}

impl BoundKind {
    /// All bounds.
    pub const ALL: [BoundKind; 5] = [
        BoundKind::Failover,
        BoundKind::Heartbeat,
        BoundKind::Association,
        BoundKind::Init,
        BoundKind::Shutdown,
    ];

    /// Word for the bound in a scenario.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            BoundKind::Failover => "failover-bound",
            BoundKind::Heartbeat => "heartbeat-bound",
            BoundKind::Association => "association-bound",
            BoundKind::Init => "init-bound",
            BoundKind::Shutdown => "shutdown-bound",
        }
    }
}

impl fmt::Display for Expect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.at, self.what)?;
        match self.within {
            Within::Fixed(time) => write!(f, " within {}", spoken(time)),
            Within::Bound(kind) => write!(f, " within {}", kind.word()),
        }
    }
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Expected::Notification(pattern) => pattern.fmt(f),
            Expected::Message { from } => write!(f, "a message from {from}"),
            Expected::Path(path) => write!(f, "path {} {}", path.address, path.state.constant()),
            Expected::Association(turn) => write!(f, "association {}", turn.word()),
            Expected::Output(line) => write!(f, "output {line}"),
            Expected::Exited { status } => write!(f, "exited {status}"),
            Expected::Signalled { signal } => write!(f, "signalled {signal}"),
        }
    }
}

impl fmt::Display for NotificationPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.state {
            Some(state) => f.write_str(state)?,
            None => f.write_str(self.kind.constant())?,
        }
        if let Some(address) = self.address {
            write!(f, " {address}")?;
        }
        let mut others = self.fields.iter();
        others.try_for_each(|wanted| write!(f, " {wanted}"))
    }
}
