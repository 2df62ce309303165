//! `SCTP_AUTO_ASCONF`: tells the peer about changes of the host's addresses.

use super::simple::switch;

switch! {
    /// ASCONF tells the peer about addresses that the host gets or loses (RFC 6458
    /// section 8.1.23; Linux: `sctp_setsockopt_auto_asconf`). Applies to sockets that are
    /// bound to the wildcard address.
    ///
    /// # Errors
    /// `EINVAL` on Linux for switching it on at a socket that is bound to other addresses.
    AutoAsconf, SCTP_AUTO_ASCONF
}
