//! The style, the role and the timers of an endpoint.

use std::time::Duration;

use super::EndpointName;

/// The style of a socket (RFC 6458 sections 3 and 4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// `SOCK_STREAM`: one association per socket.
    OneToOne,
    /// `SOCK_SEQPACKET`: many associations on one socket.
    OneToMany,
}

/// The way in which an endpoint handles received messages. The messages that it sends
/// keep the step and number of the received one, so that they can be followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    /// Sends each message back.
    Echo,
    /// Answers each message with `OK`.
    Answer,
    /// Sends each message on to another endpoint, and that endpoint's messages back.
    Relay(EndpointName),
}

/// The timers and thresholds that a scenario changes at an endpoint. `None`
/// leaves the kernel's default.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Timers {
    /// RTO.Initial (RFC 9260 section 16).
    pub rto_initial: Option<Duration>,
    /// RTO.Min.
    pub rto_min: Option<Duration>,
    /// RTO.Max.
    pub rto_max: Option<Duration>,
    /// HB.interval.
    pub heartbeat_interval: Option<Duration>,
    /// Path.Max.Retrans.
    pub path_max_retrans: Option<u16>,
    /// Association.Max.Retrans.
    pub association_max_retrans: Option<u16>,
    /// Max.Init.Retransmits.
    pub max_init_retransmits: Option<u16>,
    /// The delay of a SACK (RFC 9260 section 6.2).
    pub sack_delay: Option<Duration>,
    /// PotentiallyFailed.Max.Retrans (RFC 7829 section 3.2).
    pub potentially_failed: Option<u16>,
}

impl Timers {
    /// These timers, completed by `others`.
    #[must_use]
    pub fn over(&self, others: &Self) -> Self {
        Self {
            rto_initial: self.rto_initial.or(others.rto_initial),
            rto_min: self.rto_min.or(others.rto_min),
            rto_max: self.rto_max.or(others.rto_max),
            heartbeat_interval: self.heartbeat_interval.or(others.heartbeat_interval),
            path_max_retrans: self.path_max_retrans.or(others.path_max_retrans),
            association_max_retrans: self
                .association_max_retrans
                .or(others.association_max_retrans),
            max_init_retransmits: self.max_init_retransmits.or(others.max_init_retransmits),
            sack_delay: self.sack_delay.or(others.sack_delay),
            potentially_failed: self.potentially_failed.or(others.potentially_failed),
        }
    }

    /// Whether RTO.Min ≤ RTO.Initial ≤ RTO.Max, as far as they are set.
    pub(crate) fn has_rto_in_order(&self) -> bool {
        let order = [self.rto_min, self.rto_initial, self.rto_max];
        order.iter().flatten().is_sorted()
    }
}
