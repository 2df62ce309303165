//! `SCTP_ADAPTATION_INDICATION`: the adaptation layer that the peer announced.

use super::Fields;
use super::bytes::split;
use crate::AssocId;
use crate::sys::sctp_adaptation_event;

/// `SCTP_ADAPTATION_INDICATION` (RFC 6458 section 6.1.6).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AdaptationIndication {
    /// The peer's adaptation layer indication (RFC 5061 section 4.2.6), in
    /// host byte order.
    pub adaptation_ind: u32,
    /// The association.
    pub assoc_id: AssocId,
}

impl AdaptationIndication {
    pub(super) fn decode(bytes: &[u8]) -> Option<Self> {
        let (raw, _) = split::<sctp_adaptation_event>(bytes)?;
        Some(Self {
            adaptation_ind: raw.sai_adaptation_ind,
            assoc_id: AssocId::from_raw(raw.sai_assoc_id),
        })
    }

    pub(super) fn fields(&self) -> Fields {
        vec![
            ("sai_adaptation_ind", self.adaptation_ind.into()),
            ("sai_assoc_id", self.assoc_id.into()),
        ]
    }
}
