//! `SCTP_STREAM_RESET_EVENT`: streams were reset.

use bitflags::bitflags;

use super::bytes::{numbers, split};
use super::{Fields, Value};
use crate::AssocId;
use crate::sys::{self, sctp_stream_reset_event};
use crate::value::flags;

bitflags! {
    /// `strreset_flags`.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct StreamResetFlags: u16 {
        /// Incoming streams.
        const SCTP_STREAM_RESET_INCOMING_SSN = sys::SCTP_STREAM_RESET_INCOMING_SSN as u16;
        /// Outgoing streams.
        const SCTP_STREAM_RESET_OUTGOING_SSN = sys::SCTP_STREAM_RESET_OUTGOING_SSN as u16;
        /// The peer denied the request.
        const SCTP_STREAM_RESET_DENIED = sys::SCTP_STREAM_RESET_DENIED as u16;
        /// The request failed.
        const SCTP_STREAM_RESET_FAILED = sys::SCTP_STREAM_RESET_FAILED as u16;
    }
}

/// `SCTP_STREAM_RESET_EVENT` (RFC 6525 section 6.1.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StreamReset {
    /// What happened.
    pub flags: StreamResetFlags,
    /// The association.
    pub assoc_id: AssocId,
    /// The streams; an empty list means all.
    pub stream_list: Vec<u16>,
}

impl StreamReset {
    pub(super) fn decode(bytes: &[u8]) -> Option<Self> {
        let (raw, streams) = split::<sctp_stream_reset_event>(bytes)?;
        Some(Self {
            flags: StreamResetFlags::from_bits_retain(raw.strreset_flags),
            assoc_id: AssocId::from_raw(raw.strreset_assoc_id),
            stream_list: numbers(streams),
        })
    }

    pub(super) fn fields(&self) -> Fields {
        vec![
            ("strreset_flags", flags(&self.flags)),
            ("strreset_assoc_id", self.assoc_id.into()),
            (
                "strreset_stream_list",
                Value::Streams(self.stream_list.clone()),
            ),
        ]
    }
}
