//! `SCTP_PARTIAL_DELIVERY_EVENT`: a message that was being delivered in pieces will not
//! be completed.

use super::Fields;
use super::bytes::split;
use crate::AssocId;
use crate::named::named;
use crate::sys::sctp_pdapi_event;

named! {
    /// `pdapi_indication`.
    pub enum PartialDeliveryIndication: u32 {
        /// The rest will not come.
        PartialDeliveryAborted = SCTP_PARTIAL_DELIVERY_ABORTED,
    }
}

/// `SCTP_PARTIAL_DELIVERY_EVENT` (RFC 6458 section 6.1.7).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartialDelivery {
    /// What happened.
    pub indication: PartialDeliveryIndication,
    /// The stream of the message.
    pub stream: u32,
    /// Stream sequence number of the message.
    pub seq: u32,
    /// The association.
    pub assoc_id: AssocId,
}

impl PartialDelivery {
    pub(super) fn decode(bytes: &[u8]) -> Option<Self> {
        let (raw, _) = split::<sctp_pdapi_event>(bytes)?;
        Some(Self {
            indication: PartialDeliveryIndication::from_raw(raw.pdapi_indication),
            stream: widened(raw.pdapi_stream),
            seq: widened(raw.pdapi_seq),
            assoc_id: AssocId::from_raw(raw.pdapi_assoc_id),
        })
    }

    pub(super) fn fields(&self) -> Fields {
        vec![
            ("pdapi_indication", self.indication.into()),
            ("pdapi_stream", self.stream.into()),
            ("pdapi_seq", self.seq.into()),
            ("pdapi_assoc_id", self.assoc_id.into()),
        ]
    }
}

/// 32 bits wide on Linux as in the RFC, 16 on FreeBSD.
fn widened(number: impl Into<u32>) -> u32 {
    number.into()
}
