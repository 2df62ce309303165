//! `SCTP_SEND_FAILED_EVENT`: a message could not be sent.

use super::bytes::{split, wide_error_cause};
use super::{Fields, Value};
use crate::named::named;
use crate::sys::sctp_send_failed_event;
use crate::{AssocId, SndInfo};

named! {
    /// `ssfe_flags` and `ssf_flags`: whether the message was sent.
    pub enum SendFailedFlags: u16 {
        /// The message was never sent.
        DataUnsent = SCTP_DATA_UNSENT,
        /// The message was sent, and perhaps received, but never acknowledged.
        DataSent = SCTP_DATA_SENT,
    }
}

/// `SCTP_SEND_FAILED_EVENT` (RFC 6458 section 6.1.11).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SendFailedEvent {
    /// Whether the message was sent.
    pub flags: SendFailedFlags,
    /// The error cause (RFC 9260 section 3.3.10), 0 for none.
    pub error: u32,
    /// The send attributes of the message. Their flags also tell which part of the
    /// message the data is, in the system's own bits.
    pub info: SndInfo,
    /// The association.
    pub assoc_id: AssocId,
    /// The message, or the part of it that failed.
    pub data: Vec<u8>,
}

impl SendFailedEvent {
    pub(super) fn decode(bytes: &[u8]) -> Option<Self> {
        let (raw, data) = split::<sctp_send_failed_event>(bytes)?;
        Some(Self {
            flags: SendFailedFlags::from_raw(raw.ssfe_flags),
            error: wide_error_cause(raw.ssfe_error),
            info: SndInfo::from_raw(raw.ssfe_info),
            assoc_id: AssocId::from_raw(raw.ssfe_assoc_id),
            data: data.to_vec(),
        })
    }

    pub(super) fn fields(&self) -> Fields {
        vec![
            ("ssfe_flags", self.flags.into()),
            ("ssfe_error", self.error.into()),
            ("snd_sid", self.info.sid.into()),
            ("snd_flags", self.info.flags.bits().into()),
            ("snd_ppid", self.info.ppid.0.into()),
            ("snd_context", self.info.context.into()),
            ("ssfe_assoc_id", self.assoc_id.into()),
            ("ssfe_data", Value::Bytes(self.data.clone())),
        ]
    }
}
