//! What a kernel tells of an SCTP association besides its socket.

use std::net::IpAddr;

/// How an association is: what no socket option tells (Linux:
/// `struct sctp_info` of `linux/sctp.h`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AssociationInfo {
    /// Chunks that are queued and were not sent yet.
    pub queued: u32,
    /// The association's error count (RFC 9260 section 8.1).
    pub error_count: u32,
    /// Its primary path.
    pub primary: PrimaryPath,
}

/// How the primary path of an association is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PrimaryPath {
    /// The peer's address.
    pub address: IpAddr,
    /// The slow-start threshold in bytes.
    pub ssthresh: u32,
    /// Bytes that were sent and not acknowledged.
    pub flight: u32,
    /// The path's error count (RFC 9260 section 8.2).
    pub error_count: u16,
}
