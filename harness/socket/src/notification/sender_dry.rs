//! `SCTP_SENDER_DRY_EVENT`: all messages were sent and acknowledged.

use super::Fields;
use super::bytes::split;
use crate::AssocId;
use crate::sys::sctp_sender_dry_event;

/// `SCTP_SENDER_DRY_EVENT` (RFC 6458 section 6.1.9).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SenderDry {
    /// The association.
    pub assoc_id: AssocId,
}

impl SenderDry {
    pub(super) fn decode(bytes: &[u8]) -> Option<Self> {
        let (raw, _) = split::<sctp_sender_dry_event>(bytes)?;
        Some(Self {
            assoc_id: AssocId::from_raw(raw.sender_dry_assoc_id),
        })
    }

    pub(super) fn fields(&self) -> Fields {
        vec![("sender_dry_assoc_id", self.assoc_id.into())]
    }
}
