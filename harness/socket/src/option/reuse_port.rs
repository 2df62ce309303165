//! `SCTP_REUSE_PORT`: several one-to-one sockets on one port.

use super::simple::switch;

switch! {
    /// Several one-to-one sockets may be bound to the same port (RFC 6458 section
    /// 8.1.27; Linux: `sctp_setsockopt_reuse_port`). Must be set before the socket is
    /// bound.
    ///
    /// # Errors
    /// On Linux, `EOPNOTSUPP` on a one-to-many socket, and `EFAULT` on a bound socket.
    ReusePort, SCTP_REUSE_PORT
}
