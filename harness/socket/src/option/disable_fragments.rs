//! `SCTP_DISABLE_FRAGMENTS`: refuses messages that would have to be fragmented.

use super::simple::switch;

switch! {
    /// A message that does not fit into one packet is refused with `EMSGSIZE` instead of
    /// being fragmented (RFC 6458 section 8.1.11; Linux:
    /// `sctp_setsockopt_disable_fragments`).
    DisableFragments, SCTP_DISABLE_FRAGMENTS
}
