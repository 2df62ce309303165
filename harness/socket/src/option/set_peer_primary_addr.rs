//! `SCTP_SET_PEER_PRIMARY_ADDR`: asks the peer to use an address of this side as primary.

use std::io;
use std::net::SocketAddr;

use super::access::{named_option, set};
use super::{SocketOption, WriteOption};
use crate::sys::address;
use crate::sys::sctp_setpeerprim;
use crate::{AssocId, Socket};

/// Asks the peer, by ASCONF, to make one of this side's addresses its primary
/// path (RFC 5061 section 4.2.4, RFC 6458 section 8.3.1; Linux:
/// `sctp_setsockopt_peer_primary_addr`). For writing only.
///
/// # Errors
/// `EPERM` where either side does not support ASCONF; `ENOTCONN` before the association is
/// established; `EADDRNOTAVAIL` for an address that does not belong to this side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SetPeerPrimaryAddr {
    /// The association.
    pub assoc_id: AssocId,
    /// One of this side's addresses.
    pub address: SocketAddr,
}

named_option!(SetPeerPrimaryAddr, SCTP_SET_PEER_PRIMARY_ADDR);

impl WriteOption for SetPeerPrimaryAddr {
    fn write(&self, socket: &Socket) -> io::Result<()> {
        let raw = sctp_setpeerprim {
            sspp_assoc_id: self.assoc_id.to_raw(),
            sspp_addr: address::storage(Some(self.address)),
            #[cfg(target_os = "freebsd")]
            _padding: [0; 4],
        };
        set(socket, Self::NAME, &raw)
    }
}
