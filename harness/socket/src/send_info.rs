//! Send attributes of a message (RFC 6458 sections 5.3.4 and 5.3.7).

use bitflags::bitflags;

use crate::sys::{self, sctp_prinfo, sctp_sndinfo};
use crate::{AssocId, Ppid};

bitflags! {
    /// `snd_flags` (RFC 6458 section 5.3.4; `SACK_IMMEDIATELY` is RFC 7053's).
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub struct SendFlags: u16 {
        /// `SCTP_UNORDERED`: deliver the message without regard to the stream's order.
        const UNORDERED = sys::SCTP_UNORDERED;
        /// `SCTP_ADDR_OVER`: send to the given address instead of the primary path
        /// (one-to-many; the first transmission only).
        const ADDR_OVER = sys::SCTP_ADDR_OVER;
        /// `SCTP_ABORT`: abort the association; the payload is the reason in the ABORT
        /// chunk. Linux refuses it with `EINVAL` on one-to-one sockets: there, close the
        /// socket with [`Linger`](crate::option::Linger) of zero.
        const ABORT = sys::SCTP_ABORT;
        /// `SCTP_EOF`: end the association gracefully after all earlier messages. Linux
        /// refuses it with `EINVAL` on one-to-one sockets: there, use
        /// [`shutdown`](crate::Socket::shutdown).
        const EOF = sys::SCTP_EOF;
        /// `SCTP_SENDALL`: send a copy to every association of a one-to-many socket.
        const SENDALL = sys::SCTP_SENDALL;
        /// `SCTP_SACK_IMMEDIATELY`: ask the peer not to delay its SACK.
        const SACK_IMMEDIATELY = sys::SCTP_SACK_IMMEDIATELY;
        /// `SCTP_EOR`: the message ends here, if
        /// [`ExplicitEor`](crate::option::ExplicitEor) is on.
        #[cfg(target_os = "freebsd")]
        const EOR = sys::SCTP_EOR;
    }
}

/// The send attributes, `SCTP_SNDINFO` (RFC 6458 section 5.3.4).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SndInfo {
    /// The stream.
    pub sid: u16,
    /// Send flags.
    pub flags: SendFlags,
    /// Payload protocol identifier; see [`Ppid`] for its byte order.
    pub ppid: Ppid,
    /// A number that is returned if the message cannot be sent. It stays on this host.
    pub context: u32,
    /// The association, on a one-to-many socket.
    pub assoc_id: AssocId,
}

/// When a message is abandoned (RFC 3758, RFC 7496): `SCTP_PRINFO` (RFC 6458 section
/// 5.3.7).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PrInfo {
    /// Never: the message is reliable.
    None,
    /// After this number of milliseconds.
    Ttl(u32),
    /// After this number of retransmissions.
    Rtx(u32),
    /// When the send buffer is full and a message with a smaller number is to be sent.
    Prio(u32),
}

impl SndInfo {
    pub(crate) fn to_raw(self) -> sctp_sndinfo {
        sctp_sndinfo {
            snd_sid: self.sid,
            snd_flags: self.flags.bits(),
            snd_ppid: self.ppid.to_raw(),
            snd_context: self.context,
            snd_assoc_id: self.assoc_id.to_raw(),
        }
    }

    pub(crate) fn from_raw(raw: sctp_sndinfo) -> Self {
        Self {
            sid: raw.snd_sid,
            flags: SendFlags::from_bits_retain(raw.snd_flags),
            ppid: Ppid::from_raw(raw.snd_ppid),
            context: raw.snd_context,
            assoc_id: AssocId::from_raw(raw.snd_assoc_id),
        }
    }
}

impl PrInfo {
    /// `None` for a policy that this crate has no name for.
    pub(crate) fn from_raw(policy: u16, value: u32) -> Option<Self> {
        match policy {
            sys::SCTP_PR_SCTP_NONE => Some(Self::None),
            sys::SCTP_PR_SCTP_TTL => Some(Self::Ttl(value)),
            sys::SCTP_PR_SCTP_RTX => Some(Self::Rtx(value)),
            sys::SCTP_PR_SCTP_PRIO => Some(Self::Prio(value)),
            _ => None,
        }
    }

    pub(crate) fn to_raw(self) -> sctp_prinfo {
        let (pr_policy, pr_value) = match self {
            Self::None => (sys::SCTP_PR_SCTP_NONE, 0),
            Self::Ttl(milliseconds) => (sys::SCTP_PR_SCTP_TTL, milliseconds),
            Self::Rtx(retransmissions) => (sys::SCTP_PR_SCTP_RTX, retransmissions),
            Self::Prio(priority) => (sys::SCTP_PR_SCTP_PRIO, priority),
        };
        sctp_prinfo {
            pr_policy,
            _pad: [0; 2],
            pr_value,
        }
    }
}
