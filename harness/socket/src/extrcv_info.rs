//! The attributes of a received message and of the next one, in their old form.

use zerocopy::FromBytes;

use crate::sys::freebsd::{
    self, SCTP_NEXT_MSG_AVAIL, SCTP_NEXT_MSG_IS_NOTIFICATION, SCTP_NEXT_MSG_IS_UNORDERED,
    SCTP_NEXT_MSG_ISCOMPLETE, sctp_extrcvinfo,
};
use crate::{AssocId, NxtInfo, Ppid};

/// `SCTP_EXTRCV` (RFC 6458 section 5.3.3, deprecated there): the fields of
/// [`SndRcvInfo`](crate::SndRcvInfo) and [`NxtInfo`] in one structure. FreeBSD only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExtRcvInfo {
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
    /// The TSN of the message, or of one of its chunks.
    pub tsn: u32,
    /// The cumulative TSN at the time, for unordered messages.
    pub cumtsn: u32,
    /// The association.
    pub assoc_id: AssocId,
    /// The next message (`serinfo_next_flags` and the fields after it), if it has
    /// arrived.
    pub next: Option<NxtInfo>,
}

impl ExtRcvInfo {
    #[cfg_attr(
        not(target_os = "freebsd"),
        allow(dead_code, reason = "FreeBSD alone has it; its tests run everywhere")
    )]
    pub(crate) fn decode(data: &[u8]) -> Option<Self> {
        let (raw, _) = sctp_extrcvinfo::read_from_prefix(data).ok()?;
        let next = |bit| raw.serinfo_next_flags & bit != 0;
        Some(Self {
            stream: raw.sinfo_stream,
            ssn: raw.sinfo_ssn,
            flags: raw.sinfo_flags,
            ppid: Ppid::from_raw(raw.sinfo_ppid),
            context: raw.sinfo_context,
            tsn: raw.sinfo_tsn,
            cumtsn: raw.sinfo_cumtsn,
            assoc_id: assoc_id(raw.sinfo_assoc_id),
            next: next(SCTP_NEXT_MSG_AVAIL).then(|| NxtInfo {
                sid: raw.serinfo_next_stream,
                unordered: next(SCTP_NEXT_MSG_IS_UNORDERED),
                complete: next(SCTP_NEXT_MSG_ISCOMPLETE),
                notification: next(SCTP_NEXT_MSG_IS_NOTIFICATION),
                ppid: Ppid::from_raw(raw.serinfo_next_ppid),
                length: raw.serinfo_next_length,
                assoc_id: assoc_id(raw.serinfo_next_aid),
            }),
        })
    }
}

fn assoc_id(raw: freebsd::sctp_assoc_t) -> AssocId {
    AssocId::new(raw)
}

#[cfg(test)]
mod tests {
    use zerocopy::{FromZeros, IntoBytes};

    use super::*;

    #[test]
    fn the_next_message_is_there_only_where_its_flag_says_so() {
        let raw = sctp_extrcvinfo {
            sinfo_stream: 3,
            sinfo_ppid: 8u32.to_be(),
            sinfo_assoc_id: 7,
            serinfo_next_stream: 4,
            serinfo_next_length: 10,
            ..sctp_extrcvinfo::new_zeroed()
        };
        let alone = ExtRcvInfo::decode(raw.as_bytes()).unwrap();
        assert_eq!((alone.stream, alone.ppid), (3, Ppid(8)));
        assert_eq!((alone.assoc_id, alone.next), (AssocId::new(7), None));

        let raw = sctp_extrcvinfo {
            serinfo_next_flags: SCTP_NEXT_MSG_AVAIL | SCTP_NEXT_MSG_IS_UNORDERED,
            ..raw
        };
        let next = ExtRcvInfo::decode(raw.as_bytes()).unwrap().next.unwrap();
        assert_eq!((next.sid, next.length), (4, 10));
        assert_eq!((next.unordered, next.complete), (true, false));
        assert_eq!(ExtRcvInfo::decode(&raw.as_bytes()[1..]), None);
    }
}
