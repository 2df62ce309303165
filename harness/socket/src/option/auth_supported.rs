//! `SCTP_AUTH_SUPPORTED`: whether chunks may be signed: AUTH.

use super::simple::extension;

extension! {
    /// Whether chunks may be signed: AUTH (RFC 4895; Linux 5.5:
    /// `sctp_setsockopt_auth_supported`).
    AuthSupported, SCTP_AUTH_SUPPORTED
}
