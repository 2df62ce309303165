//! `SCTP_ECN_SUPPORTED`: whether ECNE and CWR report congestion.

use super::simple::extension;

extension! {
    /// Whether ECNE and CWR report congestion (RFC 4960 appendix A; Linux 5.4:
    /// `sctp_setsockopt_ecn_supported`).
    EcnSupported, SCTP_ECN_SUPPORTED
}
