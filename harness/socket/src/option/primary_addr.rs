//! `SCTP_PRIMARY_ADDR`: the primary path of this side.

use std::io;
use std::net::SocketAddr;

use zerocopy::{FromZeros, IntoBytes};

use super::access::{get, named_option, set};
use super::{ReadOption, SocketOption, WriteOption};
use crate::sys::address;
use crate::sys::sctp_setprim;
use crate::{AssocId, Socket};

/// The address of the peer that is this side's primary path (RFC 6458 section 8.1.9;
/// Linux: `sctp_setsockopt_primary_addr`). The peer is not told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PrimaryAddr {
    /// The association.
    pub assoc_id: AssocId,
    /// The address.
    pub address: SocketAddr,
}

named_option!(PrimaryAddr, SCTP_PRIMARY_ADDR);

impl ReadOption for PrimaryAddr {
    type Of = AssocId;

    fn read(socket: &Socket, of: AssocId) -> io::Result<Self> {
        let question = sctp_setprim {
            ssp_assoc_id: of.to_raw(),
            ..sctp_setprim::new_zeroed()
        };
        let raw = get(socket, Self::NAME, question)?;
        let storage = raw.ssp_addr;
        let (address, _) = address::decode(storage.as_bytes())
            .ok_or_else(|| io::Error::from(io::ErrorKind::AddrNotAvailable))?;
        Ok(Self {
            assoc_id: of,
            address,
        })
    }
}

impl WriteOption for PrimaryAddr {
    fn write(&self, socket: &Socket) -> io::Result<()> {
        let raw = sctp_setprim {
            ssp_assoc_id: self.assoc_id.to_raw(),
            ssp_addr: address::storage(Some(self.address)),
            #[cfg(target_os = "freebsd")]
            _padding: [0; 4],
        };
        set(socket, Self::NAME, &raw)
    }
}
