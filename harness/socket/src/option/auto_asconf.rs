//! `SCTP_AUTO_ASCONF`: the host's address changes are told the peer.

use super::simple::switch;

switch! {
    /// Addresses that the host gets or loses are told the peer by ASCONF (RFC
    /// 6458 section 8.1.25; Linux: `sctp_setsockopt_auto_asconf`). Works on
    /// sockets that are bound to the wildcard address.
    AutoAsconf, SCTP_AUTO_ASCONF
}
