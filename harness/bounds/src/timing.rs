//! The timers and thresholds in force at an endpoint, and their defaults.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::milliseconds;

/// The protocol's timers and thresholds at one endpoint: the values in force, as its
/// socket reports them (`SCTP_RTOINFO`, `SCTP_ASSOCINFO`, `SCTP_INITMSG`,
/// `SCTP_PEER_ADDR_PARAMS`, `SCTP_PEER_ADDR_THLDS`), or the defaults.
///
/// The times are serialised in milliseconds with 32 bits, as in these options.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Timing {
    /// RTO.Initial.
    #[serde(with = "milliseconds", rename = "rto-initial-ms")]
    pub rto_initial: Duration,
    /// RTO.Min.
    #[serde(with = "milliseconds", rename = "rto-min-ms")]
    pub rto_min: Duration,
    /// RTO.Max.
    #[serde(with = "milliseconds", rename = "rto-max-ms")]
    pub rto_max: Duration,
    /// HB.interval.
    #[serde(with = "milliseconds", rename = "heartbeat-interval-ms")]
    pub heartbeat_interval: Duration,
    /// Whether HEARTBEATs are sent at all (`SPP_HB_ENABLE`).
    #[serde(default = "on", skip_serializing_if = "is_on")]
    pub heartbeats: bool,
    /// The longest delay of a SACK.
    #[serde(with = "milliseconds", rename = "sack-delay-ms")]
    pub sack_delay: Duration,
    /// Path.Max.Retrans.
    pub path_max_retrans: u16,
    /// PotentiallyFailed.Max.Retrans; `None` where the stack does not have that state.
    pub potentially_failed: Option<u16>,
    /// Association.Max.Retrans.
    pub association_max_retrans: u16,
    /// Max.Init.Retransmits.
    pub max_init_retransmits: u16,
    /// The greatest timeout of INIT (`max_init_timeo` of `SCTP_INITMSG`).
    #[serde(with = "milliseconds", rename = "max-init-timeout-ms")]
    pub max_init_timeout: Duration,
}

impl Timing {
    /// The protocol's values (RFC 9260 section 16), with Linux's RTO.Initial, its
    /// `max_init_timeo`, and its early potentially failed state.
    pub const DEFAULT: Timing = Timing {
        rto_initial: Duration::from_secs(3),
        rto_min: Duration::from_secs(1),
        rto_max: Duration::from_secs(60),
        heartbeat_interval: Duration::from_secs(30),
        heartbeats: true,
        sack_delay: Duration::from_millis(200),
        path_max_retrans: 5,
        potentially_failed: Some(0),
        association_max_retrans: 10,
        max_init_retransmits: 8,
        max_init_timeout: Duration::from_secs(60),
    };
}

fn on() -> bool {
    true
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands it over so")]
fn is_on(heartbeats: &bool) -> bool {
    *heartbeats
}
