use std::net::IpAddr;

use serde::{Deserialize, Serialize};

/// The timers and thresholds that a socket reports (`SCTP_RTOINFO`,
/// `SCTP_ASSOCINFO`, `SCTP_INITMSG`, `SCTP_PEER_ADDR_PARAMS`,
/// `SCTP_PEER_ADDR_THLDS`). Times are in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "the parameters of RFC 9260 section 16 by name")]
pub struct TimersInForce {
    pub rto_initial_ms: u32,
    pub rto_min_ms: u32,
    pub rto_max_ms: u32,
    pub heartbeat_interval_ms: u32,
    pub sack_delay_ms: u32,
    pub path_max_retrans: u16,
    /// The kernel's threshold of the potentially-failed state (RFC 7829);
    /// `None` where it has no such state.
    pub potentially_failed: Option<u16>,
    pub association_max_retrans: u16,
    pub max_init_retransmits: u16,
    /// The back-off of INIT ends here (`sinit_max_init_timeo`).
    pub max_init_timeout_ms: u32,
}

/// What a socket reports of one path (`SCTP_GET_PEER_ADDR_INFO`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct PathSample {
    /// The peer's address.
    pub address: IpAddr,
    /// Whether it is the primary path.
    pub primary: bool,
    /// Its state by the name in RFC 6458 or 7829 (`SCTP_ACTIVE`, `SCTP_PF`).
    pub state: String,
    /// The congestion window in bytes.
    pub cwnd: u32,
    /// The smoothed round-trip time in milliseconds.
    pub srtt_ms: u32,
    /// The retransmission time-out in milliseconds.
    pub rto_ms: u32,
    /// The path MTU in bytes.
    pub mtu: u32,
}
