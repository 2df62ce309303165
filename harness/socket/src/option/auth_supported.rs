//! `SCTP_AUTH_SUPPORTED`: whether AUTH may authenticate chunks.

use super::simple::extension;

extension! {
    /// Whether AUTH may authenticate chunks (RFC 4895; Linux 5.4:
    /// `sctp_setsockopt_auth_supported`).
    AuthSupported, SCTP_AUTH_SUPPORTED
}
