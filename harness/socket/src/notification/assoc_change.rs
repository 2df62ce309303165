//! `SCTP_ASSOC_CHANGE`: an association came up or ended.

use super::bytes::{error_cause, split};
use super::{Fields, Value};
use crate::AssocId;
use crate::named::named;
use crate::sys::sctp_assoc_change;

named! {
    /// `sac_state`.
    pub enum AssocChangeState: u16 {
        /// The association is up.
        CommUp = SCTP_COMM_UP,
        /// The association is lost: an ABORT came, or the peer no longer answers.
        CommLost = SCTP_COMM_LOST,
        /// The peer restarted.
        Restart = SCTP_RESTART,
        /// The association ended gracefully.
        ShutdownComp = SCTP_SHUTDOWN_COMP,
        /// The association could not be set up.
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
    /// Number of outbound streams.
    pub outbound_streams: u16,
    /// Number of inbound streams.
    pub inbound_streams: u16,
    /// The association.
    pub assoc_id: AssocId,
    /// For a lost association or a failed set-up: the ABORT chunk. Linux leaves out its
    /// header and begins with the error causes. For an association that is up, FreeBSD
    /// lists the supported extensions here, one byte each.
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
