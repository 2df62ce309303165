//! `SCTP_PEER_ADDR_CHANGE`: the state of a path to the peer changed.

use std::net::SocketAddr;

use zerocopy::IntoBytes;

use super::bytes::split;
use super::{Fields, Value};
use crate::AssocId;
use crate::named::named;
use crate::sys::address;
use crate::sys::sctp_paddr_change;

named! {
    /// `spc_state`.
    pub enum PeerAddrChangeState: u32 {
        /// The path is reachable, or reachable again.
        AddrAvailable = SCTP_ADDR_AVAILABLE,
        /// The path failed: its error count exceeded Path.Max.Retrans.
        AddrUnreachable = SCTP_ADDR_UNREACHABLE,
        /// The peer no longer has the address.
        AddrRemoved = SCTP_ADDR_REMOVED,
        /// The peer has a new address.
        AddrAdded = SCTP_ADDR_ADDED,
        /// The address is now the primary one.
        AddrMadePrim = SCTP_ADDR_MADE_PRIM,
        /// A heartbeat confirmed the address. No RFC has this state.
        AddrConfirmed = SCTP_ADDR_CONFIRMED,
        /// The path is potentially failed (RFC 7829 section 7.1), where that
        /// state is exposed.
        AddrPotentiallyFailed = SCTP_ADDR_POTENTIALLY_FAILED on linux,
    }
}

/// `SCTP_PEER_ADDR_CHANGE` (RFC 6458 section 6.1.2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeerAddrChange {
    /// The peer's address; `None` where the kernel gave none.
    pub address: Option<SocketAddr>,
    /// New state of the address.
    pub state: PeerAddrChangeState,
    /// Reason, in the system's own numbers (Linux: `enum sctp_sn_error`).
    pub error: u32,
    /// The association.
    pub assoc_id: AssocId,
}

impl PeerAddrChange {
    pub(super) fn decode(bytes: &[u8]) -> Option<Self> {
        let (raw, _) = split::<sctp_paddr_change>(bytes)?;
        let storage = raw.spc_aaddr;
        Some(Self {
            address: address::decode(storage.as_bytes()).map(|(address, _)| address),
            state: PeerAddrChangeState::from_raw(raw.spc_state),
            error: raw.spc_error,
            assoc_id: AssocId::from_raw(raw.spc_assoc_id),
        })
    }

    pub(super) fn fields(&self) -> Fields {
        let address = self.address.map_or(Value::Absent, |address| {
            Value::Address(address.ip().to_canonical())
        });
        vec![
            ("spc_aaddr", address),
            ("spc_state", self.state.into()),
            ("spc_error", self.error.into()),
            ("spc_assoc_id", self.assoc_id.into()),
        ]
    }
}
