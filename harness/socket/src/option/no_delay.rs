//! `SCTP_NODELAY`: sends small messages at once.

use super::simple::switch;

switch! {
    /// Small messages are sent at once, without Nagle's algorithm (RFC 6458 section
    /// 8.1.5; Linux: `sctp_setsockopt_nodelay`).
    NoDelay, SCTP_NODELAY
}
