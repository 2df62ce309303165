//! `SCTP_AUTO_ASCONF`: tells the peer about changes of the host's addresses.

use super::simple::switch;

switch! {
    /// ASCONF tells the peer about addresses that the host gets or loses (RFC 6458
    /// section 8.1.25; Linux: `sctp_setsockopt_auto_asconf`). Applies to sockets that are
    /// bound to the wildcard address.
    AutoAsconf, SCTP_AUTO_ASCONF
}
