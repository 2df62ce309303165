//! `SCTP_I_WANT_MAPPED_V4_ADDR`: IPv4 addresses on IPv6 sockets.

use super::simple::switch;

switch! {
    /// IPv4 addresses appear as `::ffff:192.0.2.1` on an IPv6 socket (RFC 6458 section
    /// 8.1.15; Linux: `sctp_setsockopt_mappedv4`). On by default on Linux.
    MappedV4, SCTP_I_WANT_MAPPED_V4_ADDR
}
