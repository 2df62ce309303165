//! An association came up or ended.

use super::bytes::{error_cause, split};
use super::{Fields, Value};
use crate::AssocId;
use crate::named::named;
use crate::sys::sctp_assoc_change;

named! {
    /// `sac_state`.
    pub enum AssocChangeState: u16 {
        /// It is up.
        CommUp = SCTP_COMM_UP,
        /// It is lost: an ABORT came or nothing came any more.
        CommLost = SCTP_COMM_LOST,
        /// The peer restarted.
        Restart = SCTP_RESTART,
        /// It ended gracefully.
        ShutdownComp = SCTP_SHUTDOWN_COMP,
        /// It could not be set up.
        CantStrAssoc = SCTP_CANT_STR_ASSOC,
    }
}

/// `SCTP_ASSOC_CHANGE` (RFC 6458 section 6.1.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssocChange {
    /// What happened.
    pub state: AssocChangeState,
    /// The error cause (RFC 9260 section 3.3.10) behind it, 0 for none.
    pub error: u16,
    /// Streams that can be sent on.
    pub outbound_streams: u16,
    /// Streams that can be received on.
    pub inbound_streams: u16,
    /// The association.
    pub assoc_id: AssocId,
    /// For a lost association or one that could not be set up, the ABORT chunk
    /// as it came; Linux leaves its header out and begins with the error
    /// causes. FreeBSD also lists here, one byte each, what an association that
    /// is up supports.
    pub info: Vec<u8>,
}

impl AssocChange {
    pub(super) fn decode(bytes: &[u8]) -> Option<Self> {
        let (raw, info) = split::<sctp_assoc_change>(bytes)?;
        Some(Self {
            state: AssocChangeState::from_raw(raw.sac_state),
            error: error_cause(raw.sac_error),
            outbound_streams: raw.sac_outbound_streams,
            inbound_streams: raw.sac_inbound_streams,
            assoc_id: AssocId::from_raw(raw.sac_assoc_id),
            info: info.to_vec(),
        })
    }

    pub(super) fn fields(&self) -> Fields {
        vec![
            ("sac_state", self.state.into()),
            ("sac_error", self.error.into()),
            ("sac_outbound_streams", self.outbound_streams.into()),
            ("sac_inbound_streams", self.inbound_streams.into()),
            ("sac_assoc_id", self.assoc_id.into()),
            ("sac_info", Value::Bytes(self.info.clone())),
        ]
    }
}
