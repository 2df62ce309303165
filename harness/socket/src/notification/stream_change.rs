//! `SCTP_STREAM_CHANGE_EVENT`: the number of streams changed.

use bitflags::bitflags;

use super::Fields;
use super::bytes::split;
use crate::AssocId;
use crate::sys::{self, sctp_stream_change_event};
use crate::value::flags;

bitflags! {
    /// `strchange_flags`.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct StreamChangeFlags: u16 {
        /// The peer denied the request.
        const SCTP_STREAM_CHANGE_DENIED = sys::SCTP_STREAM_CHANGE_DENIED as u16;
        /// The request failed.
        const SCTP_STREAM_CHANGE_FAILED = sys::SCTP_STREAM_CHANGE_FAILED as u16;
    }
}

/// `SCTP_STREAM_CHANGE_EVENT` (RFC 6525 section 6.1.3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StreamChange {
    /// The result; empty for success.
    pub flags: StreamChangeFlags,
    /// The association.
    pub assoc_id: AssocId,
    /// Number of inbound streams. Linux gives the number of added streams instead, here
    /// and in `outstrms` (`net/sctp/stream.c`, `sctp_process_strreset_resp`).
    pub instrms: u16,
    /// Number of outbound streams.
    pub outstrms: u16,
}

impl StreamChange {
    pub(super) fn decode(bytes: &[u8]) -> Option<Self> {
        let (raw, _) = split::<sctp_stream_change_event>(bytes)?;
        Some(Self {
            flags: StreamChangeFlags::from_bits_retain(raw.strchange_flags),
            assoc_id: AssocId::from_raw(raw.strchange_assoc_id),
            instrms: raw.strchange_instrms,
            outstrms: raw.strchange_outstrms,
        })
    }

    pub(super) fn fields(&self) -> Fields {
        vec![
            ("strchange_flags", flags(&self.flags)),
            ("strchange_assoc_id", self.assoc_id.into()),
            ("strchange_instrms", self.instrms.into()),
            ("strchange_outstrms", self.outstrms.into()),
        ]
    }
}
