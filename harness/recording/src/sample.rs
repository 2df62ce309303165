//! Samples of the states of paths and associations, as the kernel reports them.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};

/// The state of a path, as `SCTP_GET_PEER_ADDR_INFO` reports it. Values that this option
/// lacks are present only if the kernel reports them by other means: Linux does for the
/// primary path (sock_diag).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct PathSample {
    /// The peer's address.
    pub address: IpAddr,
    /// Whether it is the primary path.
    pub primary: bool,
    /// State of the path, by its name in RFC 6458 or 7829 (`SCTP_ACTIVE`,
    /// `SCTP_POTENTIALLY_FAILED`).
    pub state: String,
    /// The congestion window in bytes.
    pub cwnd: u32,
    /// The smoothed round-trip time in milliseconds.
    pub srtt_ms: u32,
    /// The retransmission time-out in milliseconds.
    pub rto_ms: u32,
    /// The path MTU in bytes.
    pub mtu: u32,
    /// The slow-start threshold in bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ssthresh: Option<u32>,
    /// Number of bytes in flight.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub flight: Option<u32>,
    /// The path's error count (RFC 9260 section 8.2).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error_count: Option<u32>,
}

/// The state of an association, as `SCTP_STATUS` reports it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct AssociationSample {
    /// State of the association, by its name in RFC 6458 (`SCTP_ESTABLISHED`).
    pub state: String,
    /// The peer's receive window in bytes, less what is in flight.
    pub peer_rwnd: u32,
    /// Number of DATA chunks that were sent and not acknowledged.
    pub unacknowledged: u32,
    /// Number of DATA chunks pending receipt. Linux counts those that are missing below the
    /// highest TSN that was received (net/sctp/tsnmap.c, `sctp_tsnmap_pending`).
    #[serde(alias = "unread")]
    pub pending: u32,
    /// Number of queued chunks that were not sent yet, if the kernel reports it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub queued: Option<u32>,
    /// The association's error count (RFC 9260 section 8.1), if the kernel reports it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error_count: Option<u32>,
}
