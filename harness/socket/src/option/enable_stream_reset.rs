//! `SCTP_ENABLE_STREAM_RESET`: the re-configuration requests that are granted to the
//! peer.

use std::io;

use bitflags::bitflags;

use super::access::{get, named_option, set};
use super::{ReadOption, SocketOption, WriteOption};
use crate::sys::{self, sctp_assoc_value};
use crate::{AssocId, Socket};

bitflags! {
    /// Requests of RFC 6525.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub struct ResetRequests: u16 {
        /// `SCTP_ENABLE_RESET_STREAM_REQ`: to reset streams.
        const STREAMS = sys::SCTP_ENABLE_RESET_STREAM_REQ;
        /// `SCTP_ENABLE_RESET_ASSOC_REQ`: to reset the association.
        const ASSOCIATION = sys::SCTP_ENABLE_RESET_ASSOC_REQ;
        /// `SCTP_ENABLE_CHANGE_ASSOC_REQ`: to add streams.
        const ADD_STREAMS = sys::SCTP_ENABLE_CHANGE_ASSOC_REQ;
    }
}

/// The requests of the peer that are granted (RFC 6525 section 6.3.1; Linux:
/// `sctp_setsockopt_enable_strreset`, which demands the same for this side's own
/// requests). None by default.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EnableStreamReset {
    /// The association.
    pub assoc_id: AssocId,
    /// The requests.
    pub requests: ResetRequests,
}

named_option!(EnableStreamReset, SCTP_ENABLE_STREAM_RESET);

impl ReadOption for EnableStreamReset {
    type Of = AssocId;

    fn read(socket: &Socket, of: AssocId) -> io::Result<Self> {
        let question = sctp_assoc_value {
            assoc_id: of.to_raw(),
            assoc_value: 0,
        };
        let raw = get(socket, Self::NAME, question)?;
        let bits = u16::try_from(raw.assoc_value).unwrap_or_default();
        Ok(Self {
            assoc_id: of,
            requests: ResetRequests::from_bits_retain(bits),
        })
    }
}

impl WriteOption for EnableStreamReset {
    fn write(&self, socket: &Socket) -> io::Result<()> {
        let raw = sctp_assoc_value {
            assoc_id: self.assoc_id.to_raw(),
            assoc_value: self.requests.bits().into(),
        };
        set(socket, Self::NAME, &raw)
    }
}
