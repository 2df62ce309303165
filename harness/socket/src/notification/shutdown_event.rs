//! `SCTP_SHUTDOWN_EVENT`: the peer shuts the association down.

use super::Fields;
use super::bytes::split;
use crate::AssocId;
use crate::sys::sctp_shutdown_event;

/// `SCTP_SHUTDOWN_EVENT` (RFC 6458 section 6.1.5): a SHUTDOWN was received, and nothing
/// more can be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShutdownEvent {
    /// The association.
    pub assoc_id: AssocId,
}

impl ShutdownEvent {
    pub(super) fn decode(bytes: &[u8]) -> Option<Self> {
        let (raw, _) = split::<sctp_shutdown_event>(bytes)?;
        Some(Self {
            assoc_id: AssocId::from_raw(raw.sse_assoc_id),
        })
    }

    pub(super) fn fields(&self) -> Fields {
        vec![("sse_assoc_id", self.assoc_id.into())]
    }
}
