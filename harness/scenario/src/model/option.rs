//! The values of socket options that are more than a number.

use std::time::Duration;

/// When a message is abandoned (RFC 3758, RFC 7496).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reliability {
    /// After this time, in whole milliseconds.
    Ttl(Duration),
    /// After this number of retransmissions.
    Rtx(u32),
    /// When the send buffer is full and a message with a smaller number, which is more
    /// important, is to be sent.
    Prio(u32),
}

/// Parameters of the INIT that a message causes (`SCTP_INIT`, RFC 6458 section 5.3.1).
/// `None` keeps the endpoint's value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Init {
    /// Outbound streams.
    pub outbound_streams: Option<u16>,
    /// Inbound streams at most.
    pub inbound_streams: Option<u16>,
    /// Max.Init.Retransmits.
    pub max_attempts: Option<u16>,
    /// The longest time between two INITs.
    pub max_timeout: Option<Duration>,
}

/// A shared key (RFC 4895).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthKey {
    /// Its number.
    pub number: u16,
    /// The secret.
    pub key: String,
}

/// An HMAC algorithm (RFC 4895 section 3.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names of the algorithms")]
pub enum Hmac {
    Sha1,
    Sha256,
}

/// A request of RFC 6525 that can be granted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResetRequest {
    /// To reset streams.
    Streams,
    /// To reset the association.
    Association,
    /// To add streams.
    AddStreams,
}

/// Whose streams are reset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResetDirection {
    /// The endpoint's own outgoing streams.
    Outgoing,
    /// The peer's outgoing streams, which the peer must allow.
    Incoming,
}

/// Streams to reset (RFC 6525 section 6.3.2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResetStreams {
    /// The side whose outgoing streams are reset.
    pub direction: ResetDirection,
    /// The streams; an empty list means all of them.
    pub streams: Vec<u16>,
}

/// Streams to add (RFC 6525 section 6.3.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AddStreams {
    /// Outbound ones.
    pub outbound: u16,
    /// Inbound ones.
    pub inbound: u16,
}

/// The limits of the RTO; `None` is unchanged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RtoInfo {
    /// RTO.Initial.
    pub initial: Option<Duration>,
    /// RTO.Min.
    pub min: Option<Duration>,
    /// RTO.Max.
    pub max: Option<Duration>,
}

/// A stream scheduler (RFC 8260 section 3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names of the RFC")]
pub enum Scheduler {
    FirstComeFirstServed,
    RoundRobin,
    RoundRobinPerPacket,
    Priority,
    FairCapacity,
    WeightedFairQueueing,
}

/// The value of a stream for the scheduler.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StreamValue {
    /// The stream.
    pub stream: u16,
    /// Its priority, where the smallest is sent first, or its weight.
    pub value: u16,
}
