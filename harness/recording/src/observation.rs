use std::fmt;
use std::net::IpAddr;

use bounds::Timing;
use serde::{Deserialize, Serialize};

use super::{
    AssociationEnd, AssociationName, AssociationSample, Fields, MessageId, PathSample, Time,
};

/// Something that happened besides a packet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Observation {
    /// When, in nanoseconds since the start.
    pub at: Time,
    /// What.
    #[serde(flatten)]
    pub event: Event,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "event")]
pub enum Event {
    /// A step began.
    StepStarted {
        /// Its name.
        step: String,
        /// What it does, in the words of the scenario (`cut path-a`).
        words: String,
        /// Whether it changes something, or only waits and looks.
        acts: bool,
    },
    /// A step ended.
    StepEnded {
        /// Its name.
        step: String,
        /// How.
        outcome: Outcome,
    },
    /// An endpoint called the sockets API.
    Call {
        /// The endpoint.
        endpoint: String,
        /// The function (`sctp_connectx`).
        call: String,
        /// Its arguments, in words.
        arguments: String,
        /// What it returned, or the name of its error (`ECONNREFUSED`).
        result: Result<String, String>,
    },
    /// An endpoint began to set an association up: by `sctp_connectx()`, or by
    /// a message that is sent without one.
    AssociationBegun(AssociationEnd),
    /// An association is up at an endpoint: the kernel told of SCTP_COMM_UP or
    /// SCTP_RESTART, or `accept()` or `sctp_connectx()` has returned it.
    AssociationUp(AssociationEnd),
    /// An association is over at an endpoint: the kernel told so, or the
    /// endpoint has closed its socket.
    AssociationEnded {
        /// The endpoint.
        endpoint: String,
        /// The association.
        association: AssociationName,
    },
    /// An endpoint received a notification.
    Notification {
        /// The endpoint.
        endpoint: String,
        /// The association it is about, where it is about one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        association: Option<AssociationName>,
        /// Its type, by the constant of RFC 6458 (`SCTP_PEER_ADDR_CHANGE`).
        name: String,
        /// Its fields, by their names in RFC 6458.
        fields: Fields,
    },
    /// An endpoint handed a message to its socket.
    Sent {
        /// The endpoint.
        endpoint: String,
        /// The endpoint it is for.
        to: String,
        /// The association, if there is one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        association: Option<AssociationName>,
        /// The step that sent it.
        step: String,
        /// Its number among those of the step, from 1.
        number: u64,
        /// Its length in bytes.
        size: usize,
        /// The name of the error, where the socket did not take it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        error: Option<String>,
    },
    /// An endpoint received a message.
    Received {
        /// The endpoint.
        endpoint: String,
        /// The endpoint that sent it, the step and the number, as they stand
        /// in the message; absent if the message is not one of the lab's.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        message: Option<MessageId>,
        /// The association, where the kernel says which.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        association: Option<AssociationName>,
        /// The address it came from, where the kernel says so.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<IpAddr>,
        /// The stream (`rcv_sid`).
        stream: u16,
        /// The stream sequence number (`rcv_ssn`).
        ssn: u16,
        /// The payload protocol identifier as it stood on the wire.
        ppid: u32,
        /// The TSN (`rcv_tsn`).
        tsn: u32,
        /// Its length in bytes.
        size: usize,
        /// The place of the first byte that is not as the message was sent;
        /// absent if there is none, and of messages that are not the lab's.
        #[serde(
            default,
            rename = "differs-at",
            skip_serializing_if = "Option::is_none"
        )]
        differs_at: Option<usize>,
        /// The fields of every ancillary item that came with it, by their names in
        /// RFC 6458 section 5.3, and which items came (`nxtinfo`: `present`).
        #[serde(default)]
        ancillary: Fields,
    },
    /// The timers and thresholds that an endpoint's socket reports.
    Timers {
        /// The endpoint.
        endpoint: String,
        /// The association; absent where they are the socket's, for
        /// associations to come.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        association: Option<AssociationName>,
        /// The peer's address that the path leads to whose timers they are;
        /// absent where they are those of every path that has none of its own.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        address: Option<IpAddr>,
        /// What it reports.
        #[serde(flatten)]
        timers: Timing,
    },
    /// How an association is, when the lab noticed that it had changed.
    Association {
        /// The endpoint.
        endpoint: String,
        /// The association.
        association: AssociationName,
        /// How it is.
        #[serde(flatten)]
        sample: AssociationSample,
    },
    /// How one path of an endpoint is: before each step that changes something,
    /// at the end of the run, and whenever it has changed. The lab looks after
    /// every frame of the association that the endpoint's node has sent or
    /// received, and after every notification about a path.
    Path {
        /// The endpoint.
        endpoint: String,
        /// The association.
        association: AssociationName,
        /// What it reports.
        #[serde(flatten)]
        sample: PathSample,
    },
    /// A program was started.
    ProgramStarted {
        /// The endpoint that it is.
        endpoint: String,
        /// What the scenario calls it.
        program: String,
        /// Its arguments.
        arguments: Vec<String>,
    },
    /// A program wrote a line.
    Output {
        /// The endpoint that it is.
        endpoint: String,
        /// Where to.
        stream: Output,
        /// The line, without its end; what is not printable is replaced by U+FFFD, and a
        /// line of more than 4096 bytes comes in pieces.
        line: String,
    },
    /// A program ended. One that still ran at the end of the run has no such event.
    ProgramEnded {
        /// The endpoint that it is.
        endpoint: String,
        /// How.
        end: ProgramEnd,
    },
    /// What a rule of the fabric has done in the whole run.
    Rule {
        /// Its name.
        rule: String,
        /// Frames that matched its conditions.
        matched: u64,
        /// Frames that its action was applied to.
        taken: u64,
    },
}

/// Where a program's output goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Output {
    /// Its standard output.
    Stdout,
    /// Its standard error.
    Stderr,
}

/// How a program ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "how")]
pub enum ProgramEnd {
    /// By itself.
    Exited {
        /// Its exit status, 0 to 255.
        status: i32,
    },
    /// By a signal.
    Signalled {
        /// The signal, as signal(7) has it: `SIGKILL`.
        signal: String,
    },
    /// The system did not say.
    Unknown {
        /// What is known, in words.
        why: String,
    },
}

impl fmt::Display for ProgramEnd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exited { status } => write!(f, "exited {status}"),
            Self::Signalled { signal } => {
                let name = signal.strip_prefix("SIG").unwrap_or(signal);
                write!(f, "signalled {name}")
            }
            Self::Unknown { why } => write!(f, "ended: {why}"),
        }
    }
}

/// How a step ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "how")]
pub enum Outcome {
    /// It was done.
    Done,
    /// What it expected was seen: the index of the observation.
    Seen {
        /// The index in the recording's observations.
        observation: usize,
    },
    /// What it expected was not seen while the lab waited for it.
    NotSeen,
    /// It could not be done.
    Failed {
        /// Why, in words.
        why: String,
    },
}
