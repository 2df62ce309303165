//! `SCTP_CONTEXT`: a number of the receiver's.

use super::simple::assoc_value;

assoc_value! {
    /// The context that received messages show (RFC 6458 section 8.1.25; Linux:
    /// `sctp_setsockopt_context`). It stays on this host.
    Context {
        /// The context.
        context
    }, SCTP_CONTEXT
}
