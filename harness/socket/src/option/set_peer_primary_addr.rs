//! `SCTP_SET_PEER_PRIMARY_ADDR`: which path the peer shall send to.

use std::io;
use std::net::SocketAddr;

use super::access::{named_option, set};
use super::{SocketOption, WriteOption};
use crate::sys::sctp_setprim;
use crate::{AssocId, Socket, address};

/// An address of this side that the peer is asked, by ASCONF, to make its
/// primary path (RFC 6458 section 8.3.1, RFC 5061 section 4.2.4; Linux:
/// `sctp_setsockopt_peer_primary_addr`). For writing only.
///
/// # Errors
/// `EPERM` where the association has no ASCONF, `EADDRNOTAVAIL` for an address
/// that is not its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SetPeerPrimaryAddr {
    /// The association.
    pub assoc_id: AssocId,
    /// The address.
    pub address: SocketAddr,
}

named_option!(SetPeerPrimaryAddr, SCTP_SET_PEER_PRIMARY_ADDR);

impl WriteOption for SetPeerPrimaryAddr {
    fn write(&self, socket: &Socket) -> io::Result<()> {
        // `struct sctp_setpeerprim` is `struct sctp_setprim` by another name.
        let raw = sctp_setprim {
            ssp_assoc_id: self.assoc_id.to_raw(),
            ssp_addr: address::storage(Some(self.address)),
            #[cfg(target_os = "freebsd")]
            _padding: [0; 4],
        };
        set(socket, Self::NAME, &raw)
    }
}
