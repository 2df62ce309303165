//! `SCTP_REMOTE_ERROR`: the peer sent an ERROR chunk.

use super::bytes::{error_cause, split};
use super::{Fields, Value};
use crate::AssocId;
use crate::sys::sctp_remote_error;

/// `SCTP_REMOTE_ERROR` (RFC 6458 section 6.1.3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RemoteError {
    /// The error cause (RFC 9260 section 3.3.10).
    pub error: u16,
    /// The association.
    pub assoc_id: AssocId,
    /// The error cause in network byte order.
    pub data: Vec<u8>,
}

impl RemoteError {
    pub(super) fn decode(bytes: &[u8]) -> Option<Self> {
        let (raw, data) = split::<sctp_remote_error>(bytes)?;
        Some(Self {
            error: error_cause(raw.sre_error),
            assoc_id: AssocId::from_raw(raw.sre_assoc_id),
            data: data.to_vec(),
        })
    }

    pub(super) fn fields(&self) -> Fields {
        vec![
            ("sre_error", self.error.into()),
            ("sre_assoc_id", self.assoc_id.into()),
            ("sre_data", Value::Bytes(self.data.clone())),
        ]
    }
}
