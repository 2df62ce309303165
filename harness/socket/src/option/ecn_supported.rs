//! `SCTP_ECN_SUPPORTED`: whether congestion may be told: ECNE and CWR.

use super::simple::extension;

extension! {
    /// Whether congestion may be told: ECNE and CWR (RFC 4960 appendix A; Linux
    /// 5.5: `sctp_setsockopt_ecn_supported`).
    EcnSupported, SCTP_ECN_SUPPORTED
}
