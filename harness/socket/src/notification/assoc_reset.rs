//! `SCTP_ASSOC_RESET_EVENT`: the sequence numbers of an association were reset.

use bitflags::bitflags;

use super::Fields;
use super::bytes::split;
use crate::AssocId;
use crate::sys::{self, sctp_assoc_reset_event};
use crate::value::flags;

bitflags! {
    /// `assocreset_flags`.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct AssocResetFlags: u16 {
        /// The peer denied the request.
        const SCTP_ASSOC_RESET_DENIED = sys::SCTP_ASSOC_RESET_DENIED as u16;
        /// The request failed.
        const SCTP_ASSOC_RESET_FAILED = sys::SCTP_ASSOC_RESET_FAILED as u16;
    }
}

/// `SCTP_ASSOC_RESET_EVENT` (RFC 6525 section 6.1.2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssocReset {
    /// The result; empty for success.
    pub flags: AssocResetFlags,
    /// The association.
    pub assoc_id: AssocId,
    /// Next TSN of this side. Linux swaps the next TSNs of the two sides
    /// (`net/sctp/stream.c`, `sctp_process_strreset_resp` and
    /// `sctp_process_strreset_tsnreq`).
    pub local_tsn: u32,
    /// The next TSN of the peer.
    pub remote_tsn: u32,
}

impl AssocReset {
    pub(super) fn decode(bytes: &[u8]) -> Option<Self> {
        let (raw, _) = split::<sctp_assoc_reset_event>(bytes)?;
        Some(Self {
            flags: AssocResetFlags::from_bits_retain(raw.assocreset_flags),
            assoc_id: AssocId::from_raw(raw.assocreset_assoc_id),
            local_tsn: raw.assocreset_local_tsn,
            remote_tsn: raw.assocreset_remote_tsn,
        })
    }

    pub(super) fn fields(&self) -> Fields {
        vec![
            ("assocreset_flags", flags(&self.flags)),
            ("assocreset_assoc_id", self.assoc_id.into()),
            ("assocreset_local_tsn", self.local_tsn.into()),
            ("assocreset_remote_tsn", self.remote_tsn.into()),
        ]
    }
}
