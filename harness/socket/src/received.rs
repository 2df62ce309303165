//! What is received: a message with its attributes, a notification, or the end.

use std::net::SocketAddr;

use bitflags::bitflags;
use libc::c_int;
use zerocopy::FromBytes;

use crate::ancillary;
use crate::notification::Notification;
use crate::sys::{self, sctp_nxtinfo, sctp_rcvinfo};
use crate::{AssocId, ExtRcvInfo, Ppid, SndRcvInfo};

/// What one receive gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Received {
    /// A message of the peer's, or a piece of one.
    Message(Arrival),
    /// An event of the association.
    Notification(Notification),
    /// A piece of a notification that the buffer was too small for, as bytes
    /// in the buffer. The pieces follow each other; `end_of_record` marks the
    /// last. Put together they can be read with [`Notification::decode`].
    NotificationPiece {
        /// Bytes of the buffer that are filled.
        length: usize,
        /// Whether this is the last piece.
        end_of_record: bool,
    },
    /// The association of a one-to-one socket was shut down by the peer and
    /// everything it sent was read.
    Eof,
}

/// A message, or a piece of one, that lies in the caller's buffer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrival {
    /// Bytes of the buffer that are filled.
    pub length: usize,
    /// The peer's address: the one the packet came from, as far as the kernel
    /// kept it. `None` on systems that leave it out for one-to-one sockets.
    pub from: Option<SocketAddr>,
    /// Whether the message ends here (`MSG_EOR`). Without it more of the same
    /// message follows in the next receives: the buffer was too small, or the
    /// message is being delivered while it still arrives.
    pub end_of_record: bool,
    /// The ancillary data did not fit (`MSG_CTRUNC`). Does not happen unless
    /// the kernel knows more kinds of it than this crate.
    pub control_truncated: bool,
    /// Its attributes, where [`RecvRcvInfo`](crate::option::RecvRcvInfo) is on.
    pub rcvinfo: Option<RcvInfo>,
    /// Those of the next message, where
    /// [`RecvNxtInfo`](crate::option::RecvNxtInfo) is on and it is there.
    pub nxtinfo: Option<NxtInfo>,
    /// The old form of the attributes, where `sctp_data_io_event` is
    /// subscribed to.
    pub sndrcvinfo: Option<SndRcvInfo>,
    /// The old form with those of the next message, where
    /// [`UseExtRcvInfo`](crate::option::UseExtRcvInfo) is on as well. Never on
    /// Linux.
    pub extrcvinfo: Option<ExtRcvInfo>,
}

bitflags! {
    /// `rcv_flags` (RFC 6458 section 5.3.5). Bits that the system adds of its
    /// own are kept.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub struct RecvFlags: u16 {
        /// `SCTP_UNORDERED`: it was sent outside the stream's order.
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
    /// How it was sent.
    pub flags: RecvFlags,
    /// What the payload is; see [`Ppid`] for its byte order.
    pub ppid: Ppid,
    /// The TSN of (a chunk of) the message.
    pub tsn: u32,
    /// The cumulative TSN at the time, for unordered messages.
    pub cumtsn: u32,
    /// This socket's [`Context`](crate::option::Context), not the sender's.
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
    /// It was sent outside the stream's order (`SCTP_UNORDERED`).
    pub unordered: bool,
    /// It has arrived whole (`SCTP_COMPLETE`). Linux never says so.
    pub complete: bool,
    /// It is a notification (`SCTP_NOTIFICATION`).
    pub notification: bool,
    /// What the payload is; see [`Ppid`] for its byte order.
    pub ppid: Ppid,
    /// Bytes of it that can be read at once.
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
