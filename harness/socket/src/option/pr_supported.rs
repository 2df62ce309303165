//! `SCTP_PR_SUPPORTED`: whether messages may be given up: FORWARD TSN.

use super::simple::extension;

extension! {
    /// Whether messages may be given up: FORWARD TSN (RFC 7496 section 4.5; Linux:
    /// `sctp_setsockopt_pr_supported`).
    PrSupported, SCTP_PR_SUPPORTED
}
