//! `SCTP_GET_PEER_ADDR_INFO`: the state of a path.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use zerocopy::{FromZeros, IntoBytes};

use super::access::{get, named_option};
use super::time::from_millis;
use super::{Path, ReadOption, SocketOption};
use crate::named::named;
use crate::sys::address;
use crate::sys::sctp_paddrinfo;
use crate::{AssocId, Socket};

named! {
    /// `spinfo_state`.
    pub enum PathState: u32 {
        /// The path is active.
        Active = SCTP_ACTIVE,
        /// The path is inactive: it failed.
        Inactive = SCTP_INACTIVE,
        /// The path is potentially failed (RFC 7829), where that state is exposed.
        PotentiallyFailed = SCTP_POTENTIALLY_FAILED on linux,
        /// The path is unconfirmed: no heartbeat has been acknowledged yet, and no data
        /// is sent there (RFC 9260 section 5.4).
        Unconfirmed = SCTP_UNCONFIRMED,
    }
}

/// The state of a path (RFC 6458 section 8.2.2; Linux: `sctp_getsockopt_peer_addr_info`).
/// For reading only.
///
/// # Errors
/// `EACCES` on Linux for a potentially failed path, if
/// [`ExposePotentiallyFailed`](super::ExposePotentiallyFailed) is 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PeerAddrInfo {
    /// The association.
    pub assoc_id: AssocId,
    /// The peer's address; `None` where the kernel gave none.
    pub address: Option<SocketAddr>,
    /// State of the path.
    pub state: PathState,
    /// The congestion window in bytes.
    pub cwnd: u32,
    /// The smoothed round-trip time; zero before the first measurement. The kernel's
    /// number is taken for milliseconds. Linux gives ticks of its clock instead
    /// (`net/sctp/socket.c`, `sctp_getsockopt_peer_addr_info`), so the time is right only
    /// where a tick is 1 ms (`CONFIG_HZ=1000`).
    pub srtt: Duration,
    /// The retransmission timeout, in milliseconds.
    pub rto: Duration,
    /// The path MTU in bytes.
    pub mtu: u32,
}

named_option!(PeerAddrInfo, SCTP_GET_PEER_ADDR_INFO);

impl ReadOption for PeerAddrInfo {
    type Of = Path;

    fn read(socket: &Socket, of: Path) -> io::Result<Self> {
        let question = sctp_paddrinfo {
            spinfo_assoc_id: of.assoc_id.to_raw(),
            spinfo_address: address::storage(of.address),
            ..sctp_paddrinfo::new_zeroed()
        };
        get(socket, Self::NAME, question).map(Self::from_raw)
    }
}

impl PeerAddrInfo {
    pub(super) fn from_raw(raw: sctp_paddrinfo) -> Self {
        let storage = raw.spinfo_address;
        Self {
            assoc_id: AssocId::from_raw(raw.spinfo_assoc_id),
            address: address::decode(storage.as_bytes()).map(|(address, _)| address),
            state: PathState::from_raw(raw.spinfo_state.cast_unsigned()),
            cwnd: raw.spinfo_cwnd,
            srtt: from_millis(raw.spinfo_srtt),
            rto: from_millis(raw.spinfo_rto),
            mtu: raw.spinfo_mtu,
        }
    }
}
