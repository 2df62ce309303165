//! `SCTP_RECVRCVINFO`: attributes of received messages.

use super::simple::switch;

switch! {
    /// Every message comes with its [`RcvInfo`](crate::RcvInfo) (RFC 6458 section
    /// 8.1.29; Linux: `sctp_setsockopt_recvrcvinfo`).
    RecvRcvInfo, SCTP_RECVRCVINFO
}
