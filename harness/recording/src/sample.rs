use std::net::IpAddr;

use serde::{Deserialize, Serialize};

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
