//! `SCTP_DISABLE_FRAGMENTS`: no message is cut up.

use super::simple::switch;

switch! {
    /// Messages that do not fit one packet are refused with `EMSGSIZE` instead of
    /// being sent as several chunks (RFC 6458 section 8.1.11; Linux:
    /// `sctp_setsockopt_disable_fragments`).
    DisableFragments, SCTP_DISABLE_FRAGMENTS
}
