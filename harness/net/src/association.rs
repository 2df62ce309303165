//! The state of an SCTP association that no socket option reports.

use std::net::{IpAddr, SocketAddr};

/// The state of an association that no socket option reports (Linux: `struct sctp_info`
/// of `linux/sctp.h`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AssociationInfo {
    /// State of the association, as the kernel numbers it (`enum sctp_state` of
    /// `net/sctp/constants.h`): from 0, `SCTP_STATE_CLOSED`.
    pub state: u32,
    /// Receiver window of the peer in bytes.
    pub peer_rwnd: u32,
    /// Number of DATA chunks that were sent and are not acknowledged.
    pub unacknowledged: u16,
    /// Number of chunks below the highest received TSN that are still missing
    /// (`net/sctp/tsnmap.c`, `sctp_tsnmap_pending`).
    pub pending: u16,
    /// Number of chunks that are queued and were not sent yet.
    pub queued: u32,
    /// Error count of the association (RFC 9260 section 8.1).
    pub error_count: u32,
    /// The primary path of the association.
    pub primary: PrimaryPath,
}

/// The state of the primary path of an association.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PrimaryPath {
    /// Address of the peer.
    pub address: IpAddr,
    /// State of the path, as the kernel numbers it (`enum sctp_spinfo_state` of
    /// `linux/sctp.h`).
    pub state: i32,
    /// Congestion window in bytes.
    pub cwnd: u32,
    /// Smoothed round-trip time in ticks of the kernel's clock, as the option
    /// `SCTP_GET_PEER_ADDR_INFO` gives it.
    pub srtt: u32,
    /// RTO in milliseconds.
    pub rto_ms: u32,
    /// Slow-start threshold in bytes.
    pub ssthresh: u32,
    /// Number of bytes in flight.
    pub flight: u32,
    /// Error count of the path (RFC 9260 section 8.2).
    pub error_count: u16,
}

/// An association in the kernel's table of all associations, whether a socket tells of it
/// or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The kernel's identifier. Two associations at one time never share one.
    pub id: u32,
    /// State of the association, as in [`AssociationInfo`].
    pub state: u32,
    /// Inode of the socket; 0 once the socket is closed.
    pub inode: u64,
    /// The own transport addresses.
    pub local: Vec<SocketAddr>,
    /// The peer's transport addresses.
    pub peers: Vec<SocketAddr>,
}

/// A path in the kernel's table of all paths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ListedPath {
    /// Address of the peer.
    pub address: IpAddr,
    /// RTO in ticks of the kernel's clock.
    pub rto_ticks: u64,
    /// State of the path, as in [`PrimaryPath`].
    pub state: i32,
}
