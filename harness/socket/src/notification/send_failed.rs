//! `SCTP_SEND_FAILED`, the old form: a message could not be sent.

use super::bytes::{split, wide_error_cause};
use super::{Fields, SendFailedFlags, Value};
use crate::sys::sctp_send_failed;
use crate::{AssocId, SndRcvInfo};

/// `SCTP_SEND_FAILED` (RFC 6458 section 6.1.4, deprecated there).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SendFailed {
    /// Whether the message was sent.
    pub flags: SendFailedFlags,
    /// The error cause (RFC 9260 section 3.3.10), 0 for none.
    pub error: u32,
    /// The send attributes of the message.
    pub info: SndRcvInfo,
    /// The association.
    pub assoc_id: AssocId,
    /// The message, or the part of it that failed.
    pub data: Vec<u8>,
}

impl SendFailed {
    pub(super) fn decode(bytes: &[u8]) -> Option<Self> {
        let (raw, data) = split::<sctp_send_failed>(bytes)?;
        Some(Self {
            flags: SendFailedFlags::from_raw(raw.ssf_flags),
            error: wide_error_cause(raw.ssf_error),
            info: SndRcvInfo::from_raw(raw.ssf_info),
            assoc_id: AssocId::from_raw(raw.ssf_assoc_id),
            data: data.to_vec(),
        })
    }

    pub(super) fn fields(&self) -> Fields {
        vec![
            ("ssf_flags", self.flags.into()),
            ("ssf_error", self.error.into()),
            ("sinfo_stream", self.info.stream.into()),
            ("sinfo_ssn", self.info.ssn.into()),
            ("sinfo_flags", self.info.flags.into()),
            ("sinfo_ppid", self.info.ppid.0.into()),
            ("sinfo_context", self.info.context.into()),
            ("sinfo_timetolive", self.info.timetolive.into()),
            ("ssf_assoc_id", self.assoc_id.into()),
            ("ssf_data", Value::Bytes(self.data.clone())),
        ]
    }
}
