//! The results of a receive: a message with its attributes, a notification, or the end.

use std::net::SocketAddr;

use bitflags::bitflags;
use libc::c_int;
use zerocopy::FromBytes;

use crate::ancillary;
use crate::notification::Notification;
use crate::sys::{self, sctp_nxtinfo, sctp_rcvinfo};
use crate::{AssocId, ExtRcvInfo, Ppid, SndRcvInfo};

/// Result of one receive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Received {
    /// A message from the peer, or a piece of one.
    Message(Arrival),
    /// An event of the association.
    Notification(Notification),
    /// A piece of a notification that did not fit into the buffer, as bytes in the
    /// buffer. The pieces come one after the other; `end_of_record` marks the last.
    /// [`Notification::decode`] reads the concatenated pieces.
    NotificationPiece {
        /// Number of bytes in the buffer.
        length: usize,
        /// Whether this is the last piece.
        end_of_record: bool,
    },
    /// The peer has shut down the association of a one-to-one socket, and all its
    /// messages have been read.
    Eof,
}

/// A message, or a piece of one, in the caller's buffer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrival {
    /// Number of bytes in the buffer.
    pub length: usize,
    /// The peer's address from which the packet came, as far as the kernel recorded it.
    /// `None` on systems that leave it out for one-to-one sockets.
    pub from: Option<SocketAddr>,
    /// Whether the message ends here (`MSG_EOR`). If not, the next receives return the
    /// rest: the buffer was too small, or the message is delivered while it still
    /// arrives.
    pub end_of_record: bool,
    /// Whether the ancillary data did not fit (`MSG_CTRUNC`). This happens only if the
    /// kernel knows more kinds of ancillary data than this crate.
    pub control_truncated: bool,
    /// Attributes of the message, if [`RecvRcvInfo`](crate::option::RecvRcvInfo) is on.
    pub rcvinfo: Option<RcvInfo>,
    /// Attributes of the next message, if [`RecvNxtInfo`](crate::option::RecvNxtInfo) is
    /// on and the message has arrived.
    pub nxtinfo: Option<NxtInfo>,
    /// Attributes in their old form, if `sctp_data_io_event` is subscribed.
    pub sndrcvinfo: Option<SndRcvInfo>,
    /// Attributes in their old form with those of the next message, if
    /// [`UseExtRcvInfo`](crate::option::UseExtRcvInfo) is on as well. Never on Linux.
    pub extrcvinfo: Option<ExtRcvInfo>,
}

bitflags! {
    /// `rcv_flags` (RFC 6458 section 5.3.5). Further bits of the system are kept.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub struct RecvFlags: u16 {
        /// `SCTP_UNORDERED`: the message was sent unordered.
        const UNORDERED = sys::SCTP_UNORDERED;
    }
}

/// The attributes of a received message, `SCTP_RCVINFO` (RFC 6458 section
/// 5.3.5).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RcvInfo {
    /// The stream.
    pub sid: u16,
    /// The stream sequence number; meaningless for unordered messages.
    pub ssn: u16,
    /// Flags of the message.
    pub flags: RecvFlags,
    /// Payload protocol identifier; see [`Ppid`] for its byte order.
    pub ppid: Ppid,
    /// The TSN of the message, or of one of its chunks.
    pub tsn: u32,
    /// The cumulative TSN at the time, for unordered messages.
    pub cumtsn: u32,
    /// The [`Context`](crate::option::Context) of this socket, not the sender's.
    pub context: u32,
    /// The association.
    pub assoc_id: AssocId,
}

/// The attributes of the next message, `SCTP_NXTINFO` (RFC 6458 section
/// 5.3.6).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NxtInfo {
    /// The stream.
    pub sid: u16,
    /// Whether the message was sent unordered (`SCTP_UNORDERED`).
    pub unordered: bool,
    /// Whether the message has arrived completely (`SCTP_COMPLETE`). Linux never sets it.
    pub complete: bool,
    /// Whether the message is a notification (`SCTP_NOTIFICATION`).
    pub notification: bool,
    /// Payload protocol identifier; see [`Ppid`] for its byte order.
    pub ppid: Ppid,
    /// Number of its bytes that can be read at once.
    pub length: u32,
    /// The association.
    pub assoc_id: AssocId,
}

impl Arrival {
    pub(crate) fn new(
        length: usize,
        from: Option<SocketAddr>,
        flags: c_int,
        control: &[u8],
    ) -> Self {
        let mut arrival = Self {
            length,
            from,
            end_of_record: flags & sys::MSG_EOR != 0,
            control_truncated: flags & sys::MSG_CTRUNC != 0,
            rcvinfo: None,
            nxtinfo: None,
            sndrcvinfo: None,
            extrcvinfo: None,
        };
        for (kind, data) in ancillary::received(control) {
            match kind {
                sys::SCTP_RCVINFO => arrival.rcvinfo = RcvInfo::decode(data),
                sys::SCTP_NXTINFO => arrival.nxtinfo = NxtInfo::decode(data),
                sys::SCTP_SNDRCV => arrival.sndrcvinfo = SndRcvInfo::decode(data),
                #[cfg(target_os = "freebsd")]
                sys::SCTP_EXTRCV => arrival.extrcvinfo = ExtRcvInfo::decode(data),
                _ => {}
            }
        }
        arrival
    }
}

impl RcvInfo {
    fn decode(data: &[u8]) -> Option<Self> {
        let (raw, _) = sctp_rcvinfo::read_from_prefix(data).ok()?;
        Some(Self {
            sid: raw.rcv_sid,
            ssn: raw.rcv_ssn,
            flags: RecvFlags::from_bits_retain(raw.rcv_flags),
            ppid: Ppid::from_raw(raw.rcv_ppid),
            tsn: raw.rcv_tsn,
            cumtsn: raw.rcv_cumtsn,
            context: raw.rcv_context,
            assoc_id: AssocId::from_raw(raw.rcv_assoc_id),
        })
    }
}

impl NxtInfo {
    fn decode(data: &[u8]) -> Option<Self> {
        let (raw, _) = sctp_nxtinfo::read_from_prefix(data).ok()?;
        Some(Self {
            sid: raw.nxt_sid,
            unordered: raw.nxt_flags & sys::NEXT_UNORDERED != 0,
            complete: sys::NEXT_COMPLETE.is_some_and(|bit| raw.nxt_flags & bit != 0),
            notification: raw.nxt_flags & sys::NEXT_NOTIFICATION != 0,
            ppid: Ppid::from_raw(raw.nxt_ppid),
            length: raw.nxt_length,
            assoc_id: AssocId::from_raw(raw.nxt_assoc_id),
        })
    }
}
