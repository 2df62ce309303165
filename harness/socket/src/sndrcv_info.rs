//! The attributes of a message in their old form.

use zerocopy::{FromBytes, FromZeros};

use crate::sys::{sctp_prinfo, sctp_sndrcvinfo};
use crate::{AssocId, Ppid, PrInfo, SndInfo};

/// The attributes in their old form, `SCTP_SNDRCV` (RFC 6458 section 5.3.2,
/// deprecated there).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SndRcvInfo {
    /// The stream.
    pub stream: u16,
    /// The stream sequence number.
    pub ssn: u16,
    /// `sinfo_flags`, in the system's own bits.
    pub flags: u16,
    /// Payload protocol identifier; see [`Ppid`] for its byte order.
    pub ppid: Ppid,
    /// The context.
    pub context: u32,
    /// The time to live in milliseconds, or the value of another PR-SCTP policy. For
    /// sending only.
    pub timetolive: u32,
    /// The TSN of the message, or of one of its chunks.
    pub tsn: u32,
    /// The cumulative TSN at the time, for unordered messages.
    pub cumtsn: u32,
    /// The association.
    pub assoc_id: AssocId,
}

impl SndRcvInfo {
    pub(crate) fn decode(data: &[u8]) -> Option<Self> {
        let (raw, _) = sctp_sndrcvinfo::read_from_prefix(data).ok()?;
        Some(Self::from_raw(raw))
    }

    pub(crate) fn from_raw(raw: sctp_sndrcvinfo) -> Self {
        Self {
            stream: raw.sinfo_stream,
            ssn: raw.sinfo_ssn,
            flags: raw.sinfo_flags,
            ppid: Ppid::from_raw(raw.sinfo_ppid),
            context: raw.sinfo_context,
            timetolive: raw.sinfo_timetolive,
            tsn: raw.sinfo_tsn,
            cumtsn: raw.sinfo_cumtsn,
            assoc_id: AssocId::from_raw(raw.sinfo_assoc_id),
        }
    }

    /// The attributes of a message that is sent.
    pub fn sending(info: SndInfo, prinfo: Option<PrInfo>) -> Self {
        let sctp_prinfo {
            pr_policy,
            pr_value,
            ..
        } = prinfo.unwrap_or(PrInfo::None).to_raw();
        Self {
            stream: info.sid,
            ssn: 0,
            flags: info.flags.bits() | pr_policy,
            ppid: info.ppid,
            context: info.context,
            timetolive: pr_value,
            tsn: 0,
            cumtsn: 0,
            assoc_id: info.assoc_id,
        }
    }

    pub(crate) fn to_raw(self) -> sctp_sndrcvinfo {
        sctp_sndrcvinfo {
            sinfo_stream: self.stream,
            sinfo_ssn: self.ssn,
            sinfo_flags: self.flags,
            sinfo_ppid: self.ppid.to_raw(),
            sinfo_context: self.context,
            sinfo_timetolive: self.timetolive,
            sinfo_tsn: self.tsn,
            sinfo_cumtsn: self.cumtsn,
            sinfo_assoc_id: self.assoc_id.to_raw(),
            ..sctp_sndrcvinfo::new_zeroed()
        }
    }
}
