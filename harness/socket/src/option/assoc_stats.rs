//! `SCTP_GET_ASSOC_STATS`: counters of an association.

#![cfg(target_os = "linux")]

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use zerocopy::{FromZeros, IntoBytes};

use super::access::{get, named_option};
use super::{ReadOption, SocketOption};
use crate::sys::address;
use crate::sys::sctp_assoc_stats;
use crate::{AssocId, Socket};

/// Counters of an association (Linux: `sctp_getsockopt_assoc_stats`; in no RFC). For
/// reading only. Linux only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AssocStats {
    /// The path with the greatest RTO.
    pub max_rto_address: Option<SocketAddr>,
    /// The greatest RTO since the last reading.
    pub max_rto: Duration,
    /// SACKs received.
    pub sacks_in: u64,
    /// SACKs sent.
    pub sacks_out: u64,
    /// Packets sent.
    pub packets_out: u64,
    /// Packets received.
    pub packets_in: u64,
    /// DATA chunks retransmitted.
    pub retransmitted: u64,
    /// DATA chunks received out of order.
    pub out_of_sequence: u64,
    /// DATA chunks received twice.
    pub duplicates: u64,
    /// Gap ack blocks received.
    pub gaps: u64,
    /// Unordered DATA chunks sent.
    pub unordered_out: u64,
    /// Unordered DATA chunks received.
    pub unordered_in: u64,
    /// Ordered DATA chunks sent.
    pub ordered_out: u64,
    /// Ordered DATA chunks received.
    pub ordered_in: u64,
    /// Control chunks sent.
    pub control_out: u64,
    /// Control chunks received.
    pub control_in: u64,
}

named_option!(AssocStats, SCTP_GET_ASSOC_STATS, linux only);

impl ReadOption for AssocStats {
    type Of = AssocId;

    fn read(socket: &Socket, of: AssocId) -> io::Result<Self> {
        let question = sctp_assoc_stats {
            sas_assoc_id: of.to_raw(),
            ..sctp_assoc_stats::new_zeroed()
        };
        let raw = get(socket, Self::NAME, question)?;
        Ok(Self {
            max_rto_address: address::decode(raw.sas_obs_rto_ipaddr.as_bytes())
                .map(|(address, _)| address),
            max_rto: Duration::from_millis(raw.sas_maxrto),
            sacks_in: raw.sas_isacks,
            sacks_out: raw.sas_osacks,
            packets_out: raw.sas_opackets,
            packets_in: raw.sas_ipackets,
            retransmitted: raw.sas_rtxchunks,
            out_of_sequence: raw.sas_outofseqtsns,
            duplicates: raw.sas_idupchunks,
            gaps: raw.sas_gapcnt,
            unordered_out: raw.sas_ouodchunks,
            unordered_in: raw.sas_iuodchunks,
            ordered_out: raw.sas_oodchunks,
            ordered_in: raw.sas_iodchunks,
            control_out: raw.sas_octrlchunks,
            control_in: raw.sas_ictrlchunks,
        })
    }
}
