//! Observations: the steps, calls, notifications, messages and states of a run.

use std::fmt;
use std::net::IpAddr;

use bounds::Timing;
use serde::{Deserialize, Serialize};

use super::{
    AssociationEnd, AssociationName, AssociationSample, Fields, MessageId, PathSample, Time,
};

/// An event other than a packet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Observation {
    /// Time of the event.
    pub at: Time,
    /// The event.
    #[serde(flatten)]
    pub event: Event,
}

/// An event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "event")]
pub enum Event {
    /// A step began.
    StepStarted {
        /// Name of the step.
        step: String,
        /// Action of the step, in the words of the scenario (`cut path-a`).
        words: String,
        /// Whether the step changes something, or only waits and observes.
        acts: bool,
    },
    /// A step ended.
    StepEnded {
        /// Name of the step.
        step: String,
        /// Outcome of the step.
        outcome: Outcome,
    },
    /// An endpoint called the sockets API.
    Call {
        /// The endpoint.
        endpoint: String,
        /// The function (`sctp_connectx`).
        call: String,
        /// Arguments in words.
        arguments: String,
        /// Return value, or the name of the error (`ECONNREFUSED`).
        result: Result<String, String>,
    },
    /// An endpoint started to set an association up: by `sctp_connectx()`, or by a
    /// message without an association. Or the lab found an association in the kernel that
    /// a program sets up.
    AssociationBegun(AssociationEnd),
    /// An association is up at an endpoint: the kernel reported SCTP_COMM_UP or
    /// SCTP_RESTART, or `accept()` or `sctp_connectx()` returned it.
    AssociationUp(AssociationEnd),
    /// An association ended at an endpoint: the kernel reported the end, or the endpoint
    /// has closed its socket. The association of a program ends when the kernel no longer
    /// lists it, which may be after the program has closed its socket.
    AssociationEnded {
        /// The endpoint.
        endpoint: String,
        /// The association.
        association: AssociationName,
        /// How often T1 ran out at the endpoint's node while the association was set up
        /// (`SctpT1InitExpireds` and `SctpT1CookieExpireds` of `/proc/net/sctp/snmp`); only
        /// of a program's association that never came up, and only if no other association
        /// of the node was set up meanwhile.
        #[serde(
            default,
            rename = "t1-expiries",
            skip_serializing_if = "Option::is_none"
        )]
        t1_expiries: Option<u64>,
    },
    /// An endpoint received a notification.
    Notification {
        /// The endpoint.
        endpoint: String,
        /// The association of the notification, if it has one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        association: Option<AssociationName>,
        /// Type of the notification, by the constant of RFC 6458
        /// (`SCTP_PEER_ADDR_CHANGE`).
        name: String,
        /// Fields of the notification, by their names in RFC 6458.
        fields: Fields,
    },
    /// An endpoint handed a message to its socket.
    Sent {
        /// The endpoint.
        endpoint: String,
        /// The receiving endpoint.
        to: String,
        /// The association, if there is one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        association: Option<AssociationName>,
        /// The step that sent the message.
        step: String,
        /// Number of the message in the step, from 1.
        number: u64,
        /// Length of the message in bytes.
        size: usize,
        /// Name of the error, if the socket did not accept the message.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        error: Option<String>,
    },
    /// An endpoint received a message.
    Received {
        /// The endpoint.
        endpoint: String,
        /// Endpoint, step and number of the message, as its payload has them; absent for a
        /// message that is not the lab's.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        message: Option<MessageId>,
        /// The association, if the kernel reports it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        association: Option<AssociationName>,
        /// The source address, if the kernel reports it.
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
        /// Length of the message in bytes.
        size: usize,
        /// Offset of the first byte that differs from the message as it was sent; absent
        /// if no byte differs, and for messages that are not the lab's.
        #[serde(
            default,
            rename = "differs-at",
            skip_serializing_if = "Option::is_none"
        )]
        differs_at: Option<usize>,
        /// Fields of all ancillary items of the message, by their names in RFC 6458
        /// section 5.3, and which items were present (`nxtinfo`: `present`).
        #[serde(default)]
        ancillary: Fields,
    },
    /// The timers and thresholds that an endpoint's socket reports.
    Timers {
        /// The endpoint.
        endpoint: String,
        /// The association; absent for the socket's values, which apply to future
        /// associations.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        association: Option<AssociationName>,
        /// The peer's address whose path has these timers; absent for the values of all
        /// paths without values of their own.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        address: Option<IpAddr>,
        /// The reported values.
        #[serde(flatten)]
        timers: Timing,
    },
    /// The state of an association, when the lab noticed a change of it.
    Association {
        /// The endpoint.
        endpoint: String,
        /// The association.
        association: AssociationName,
        /// State of the association.
        #[serde(flatten)]
        sample: AssociationSample,
    },
    /// The state of a path of an endpoint: before each step that changes something, at
    /// the end of the run, and after each change. The lab samples the path after every
    /// frame of the association that the endpoint's node has sent or received, and after
    /// every notification that a path has changed or that the association is up.
    Path {
        /// The endpoint.
        endpoint: String,
        /// The association.
        association: AssociationName,
        /// The reported state.
        #[serde(flatten)]
        sample: PathSample,
    },
    /// A program was started.
    ProgramStarted {
        /// The endpoint that the program is.
        endpoint: String,
        /// Name of the program in the scenario.
        program: String,
        /// Arguments of the program.
        arguments: Vec<String>,
    },
    /// A program wrote a line.
    Output {
        /// The endpoint that the program is.
        endpoint: String,
        /// The stream of the output.
        stream: Output,
        /// The line without its end. Unprintable characters are replaced by U+FFFD, and a
        /// line of more than 4096 bytes is split.
        line: String,
    },
    /// A program ended. A program that still ran at the end of the run has no such event.
    ProgramEnded {
        /// The endpoint that the program is.
        endpoint: String,
        /// How the program ended.
        end: ProgramEnd,
    },
    /// The counts of a rule of the fabric over the whole run.
    Rule {
        /// Name of the rule.
        rule: String,
        /// Number of frames that matched the rule's conditions.
        matched: u64,
        /// Number of frames to which the rule's action was applied.
        taken: u64,
    },
}

/// The stream of a program's output.
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
    /// The program exited.
    Exited {
        /// Its exit status, 0 to 255.
        status: i32,
    },
    /// A signal ended the program.
    Signalled {
        /// Name of the signal, as in signal(7): `SIGKILL`.
        signal: String,
    },
    /// The system did not report how the program ended.
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
    /// The step was done.
    Done,
    /// The expectation of the step was met.
    Seen {
        /// Index of the event in the recording's observations.
        observation: usize,
    },
    /// The expectation of the step was not met while the lab waited.
    NotSeen,
    /// The step could not be done.
    Failed {
        /// The reason, in words.
        why: String,
    },
}
