//! `SCTP_EXPLICIT_EOR`: sends messages in pieces.

use super::simple::switch;

switch! {
    /// A message may be sent by several calls, the last of which has the flag `SCTP_EOR`
    /// (RFC 6458 section 8.1.26). FreeBSD only.
    ExplicitEor, SCTP_EXPLICIT_EOR, freebsd only
}
