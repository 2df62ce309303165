//! `SCTP_ASSOCINFO`: parameters of an association.

use std::io;
use std::time::Duration;

use zerocopy::FromZeros;

use super::access::{get, named_option, set};
use super::time::{from_millis, to_millis};
use super::{ReadOption, SocketOption, WriteOption};
use crate::sys::sctp_assocparams;
use crate::{AssocId, Socket};

/// Parameters of an association (RFC 6458 section 8.1.2; Linux:
/// `sctp_setsockopt_associnfo`).
///
/// Only `max_retrans` and `cookie_life` can be written, and zero leaves each unchanged.
/// The other fields are for reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AssocInfo {
    /// The association.
    pub assoc_id: AssocId,
    /// Association.Max.Retrans. For an association with several paths, Linux refuses more
    /// than the sum of their Path.Max.Retrans.
    pub max_retrans: u16,
    /// Number of the peer's addresses.
    pub peer_destinations: u16,
    /// The peer's receive window, in bytes, less what is in flight.
    pub peer_rwnd: u32,
    /// The receive window last announced to the peer, in bytes.
    pub local_rwnd: u32,
    /// Lifetime of a cookie, in milliseconds.
    pub cookie_life: Duration,
}

named_option!(AssocInfo, SCTP_ASSOCINFO);

impl ReadOption for AssocInfo {
    type Of = AssocId;

    fn read(socket: &Socket, of: AssocId) -> io::Result<Self> {
        let question = sctp_assocparams {
            sasoc_assoc_id: of.to_raw(),
            ..sctp_assocparams::new_zeroed()
        };
        let raw = get(socket, Self::NAME, question)?;
        Ok(Self {
            assoc_id: of,
            max_retrans: raw.sasoc_asocmaxrxt,
            peer_destinations: raw.sasoc_number_peer_destinations,
            peer_rwnd: raw.sasoc_peer_rwnd,
            local_rwnd: raw.sasoc_local_rwnd,
            cookie_life: from_millis(raw.sasoc_cookie_life),
        })
    }
}

impl WriteOption for AssocInfo {
    fn write(&self, socket: &Socket) -> io::Result<()> {
        let raw = sctp_assocparams {
            sasoc_assoc_id: self.assoc_id.to_raw(),
            sasoc_asocmaxrxt: self.max_retrans,
            sasoc_cookie_life: to_millis(self.cookie_life)?,
            ..sctp_assocparams::new_zeroed()
        };
        set(socket, Self::NAME, &raw)
    }
}
