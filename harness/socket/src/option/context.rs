//! `SCTP_CONTEXT`: a number that received messages carry.

use super::simple::assoc_value;

assoc_value! {
    /// The context of received messages (RFC 6458 section 8.1.25; Linux:
    /// `sctp_setsockopt_context`). It stays on this host.
    Context {
        /// The context.
        context
    }, SCTP_CONTEXT
}
