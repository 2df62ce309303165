//! `SCTP_NODELAY`: small messages go out at once.

use super::simple::switch;

switch! {
    /// Small messages go out at once, without waiting to be bundled (RFC 6458
    /// section 8.1.5; Linux: `sctp_setsockopt_nodelay`).
    NoDelay, SCTP_NODELAY
}
