//! The state of an SCTP association that no socket option reports.

use std::net::IpAddr;

/// The state of an association that no socket option reports (Linux: `struct sctp_info`
/// of `linux/sctp.h`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AssociationInfo {
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
    /// Slow-start threshold in bytes.
    pub ssthresh: u32,
    /// Number of bytes in flight.
    pub flight: u32,
    /// Error count of the path (RFC 9260 section 8.2).
    pub error_count: u16,
}
