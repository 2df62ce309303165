//! `SCTP_STATUS`: the state of an association.

use std::io;

use zerocopy::FromZeros;

use super::access::{get, named_option};
use super::{PeerAddrInfo, ReadOption, SocketOption};
use crate::named::named;
use crate::sys::sctp_status;
use crate::{AssocId, Socket};

named! {
    /// `sstat_state` (RFC 9260 section 4).
    #[allow(missing_docs, reason = "the states are those of RFC 9260, figure 3")]
    pub enum AssocState: u32 {
        Closed = SCTP_CLOSED,
        CookieWait = SCTP_COOKIE_WAIT,
        CookieEchoed = SCTP_COOKIE_ECHOED,
        Established = SCTP_ESTABLISHED,
        ShutdownPending = SCTP_SHUTDOWN_PENDING,
        ShutdownSent = SCTP_SHUTDOWN_SENT,
        ShutdownReceived = SCTP_SHUTDOWN_RECEIVED,
        ShutdownAckSent = SCTP_SHUTDOWN_ACK_SENT,
    }
}

/// The state of an association (RFC 6458 section 8.2.1; Linux:
/// `sctp_getsockopt_sctp_status`). For reading only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Status {
    /// The association.
    pub assoc_id: AssocId,
    /// State of the association.
    pub state: AssocState,
    /// The peer's receive window, in bytes, less what is in flight.
    pub rwnd: u32,
    /// Number of DATA chunks that were sent and not acknowledged.
    pub unackdata: u16,
    /// Number of DATA chunks pending receipt. Linux counts the chunks below the highest
    /// received TSN that are still missing (`net/sctp/tsnmap.c`, `sctp_tsnmap_pending`).
    pub penddata: u16,
    /// Number of inbound streams.
    pub instrms: u16,
    /// Number of outbound streams.
    pub outstrms: u16,
    /// The largest user message that goes into one chunk, in bytes.
    pub fragmentation_point: u32,
    /// The primary path.
    pub primary: PeerAddrInfo,
}

named_option!(Status, SCTP_STATUS);

impl ReadOption for Status {
    type Of = AssocId;

    fn read(socket: &Socket, of: AssocId) -> io::Result<Self> {
        let question = sctp_status {
            sstat_assoc_id: of.to_raw(),
            ..sctp_status::new_zeroed()
        };
        let raw = get(socket, Self::NAME, question)?;
        Ok(Self {
            assoc_id: AssocId::from_raw(raw.sstat_assoc_id),
            state: AssocState::from_raw(raw.sstat_state.cast_unsigned()),
            rwnd: raw.sstat_rwnd,
            unackdata: raw.sstat_unackdata,
            penddata: raw.sstat_penddata,
            instrms: raw.sstat_instrms,
            outstrms: raw.sstat_outstrms,
            fragmentation_point: raw.sstat_fragmentation_point,
            primary: PeerAddrInfo::from_raw(raw.sstat_primary),
        })
    }
}
