//! `SCTP_EXPLICIT_EOR`: messages sent in pieces.

use super::simple::switch;

switch! {
    /// A message may be sent with several calls, the last of them with
    /// `SCTP_EOR` among its flags (RFC 6458 section 8.1.26). FreeBSD only.
    ExplicitEor, SCTP_EXPLICIT_EOR, freebsd only
}
