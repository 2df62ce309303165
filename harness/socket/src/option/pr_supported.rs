//! `SCTP_PR_SUPPORTED`: whether FORWARD TSN may abandon messages.

use super::simple::extension;

extension! {
    /// Whether FORWARD TSN may abandon messages (RFC 7496 section 4.5; Linux:
    /// `sctp_setsockopt_pr_supported`).
    PrSupported, SCTP_PR_SUPPORTED
}
