//! `SCTP_RECVNXTINFO`: attributes of the next message.

use super::simple::switch;

switch! {
    /// A message comes with the [`NxtInfo`](crate::NxtInfo) of the next message, if the
    /// next message has already arrived (RFC 6458 section 8.1.30; Linux:
    /// `sctp_setsockopt_recvnxtinfo`).
    RecvNxtInfo, SCTP_RECVNXTINFO
}
