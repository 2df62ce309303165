//! `SCTP_RECONFIG_SUPPORTED`: whether streams may be reset and added: RE-CONFIG.

use super::simple::extension;

extension! {
    /// Whether streams may be reset and added: RE-CONFIG (RFC 6525; Linux:
    /// `sctp_setsockopt_reconfig_supported`).
    ReconfigSupported, SCTP_RECONFIG_SUPPORTED
}
