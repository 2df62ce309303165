//! `SCTP_PEER_ADDR_PARAMS`: heartbeats, retransmissions and MTU of a path.

use std::io;
use std::time::Duration;

use bitflags::bitflags;
use zerocopy::FromZeros;

use super::access::{get, named_option, set};
use super::time::{from_millis, to_millis};
use super::{Path, ReadOption, SocketOption, WriteOption};
use crate::Socket;
use crate::sys::address;
use crate::sys::{self, sctp_paddrparams};

bitflags! {
    /// `spp_flags`. At most one flag of each pair may be written; neither leaves the
    /// setting unchanged.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub struct PathFlags: u32 {
        /// Heartbeats on idle paths.
        const HB_ENABLE = sys::SPP_HB_ENABLE;
        /// No heartbeats.
        const HB_DISABLE = sys::SPP_HB_DISABLE;
        /// Sends one heartbeat at once; never read back.
        const HB_DEMAND = sys::SPP_HB_DEMAND;
        /// Applies an `hb_interval` of zero: a heartbeat every RTO.
        const HB_TIME_IS_ZERO = sys::SPP_HB_TIME_IS_ZERO;
        /// Path MTU discovery.
        const PMTUD_ENABLE = sys::SPP_PMTUD_ENABLE;
        /// No path MTU discovery: `path_mtu` applies.
        const PMTUD_DISABLE = sys::SPP_PMTUD_DISABLE;
        /// Applies `ipv6_flowlabel`.
        const IPV6_FLOWLABEL = sys::SPP_IPV6_FLOWLABEL;
        /// Applies `dscp`.
        const DSCP = sys::SPP_DSCP;
    }
}

/// Heartbeats, retransmissions and MTU of a path, an association's paths, or future
/// associations (RFC 6458 section 8.1.12; Linux: `sctp_setsockopt_peer_addr_params`).
///
/// Writing zero leaves a value unchanged. Linux also has a SACK delay here, which this
/// crate sets by [`DelayedSack`](super::DelayedSack) alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PeerAddrParams {
    /// The path.
    pub path: Path,
    /// HB.interval, in milliseconds; needs [`PathFlags::HB_ENABLE`].
    pub hb_interval: Duration,
    /// Path.Max.Retrans.
    pub path_max_retrans: u16,
    /// The path MTU in bytes. It can be written only together with
    /// [`PathFlags::PMTUD_DISABLE`].
    pub path_mtu: u32,
    /// The settings that are on, or that are to be changed.
    pub flags: PathFlags,
    /// The IPv6 flow label, 20 bits.
    pub ipv6_flowlabel: u32,
    /// The differentiated services code point, in the upper six bits.
    pub dscp: u8,
}

named_option!(PeerAddrParams, SCTP_PEER_ADDR_PARAMS);

impl PeerAddrParams {
    /// Parameters that change nothing, for filling in what is to change.
    pub fn unchanged(path: impl Into<Path>) -> Self {
        Self {
            path: path.into(),
            hb_interval: Duration::ZERO,
            path_max_retrans: 0,
            path_mtu: 0,
            flags: PathFlags::empty(),
            ipv6_flowlabel: 0,
            dscp: 0,
        }
    }
}

impl ReadOption for PeerAddrParams {
    type Of = Path;

    fn read(socket: &Socket, of: Path) -> io::Result<Self> {
        let raw = get(socket, Self::NAME, question(of))?;
        Ok(Self {
            path: of,
            hb_interval: from_millis(raw.spp_hbinterval),
            path_max_retrans: raw.spp_pathmaxrxt,
            path_mtu: raw.spp_pathmtu,
            flags: PathFlags::from_bits_truncate(raw.spp_flags),
            ipv6_flowlabel: raw.spp_ipv6_flowlabel,
            dscp: raw.spp_dscp,
        })
    }
}

impl WriteOption for PeerAddrParams {
    fn write(&self, socket: &Socket) -> io::Result<()> {
        let raw = sctp_paddrparams {
            spp_hbinterval: to_millis(self.hb_interval)?,
            spp_pathmaxrxt: self.path_max_retrans,
            spp_pathmtu: self.path_mtu,
            spp_flags: self.flags.bits(),
            spp_ipv6_flowlabel: self.ipv6_flowlabel,
            spp_dscp: self.dscp,
            ..question(self.path)
        };
        set(socket, Self::NAME, &raw)
    }
}

fn question(path: Path) -> sctp_paddrparams {
    sctp_paddrparams {
        spp_assoc_id: path.assoc_id.to_raw(),
        spp_address: address::storage(path.address),
        ..sctp_paddrparams::new_zeroed()
    }
}
