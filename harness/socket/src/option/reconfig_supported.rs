//! `SCTP_RECONFIG_SUPPORTED`: whether RE-CONFIG may reset and add streams.

use super::simple::extension;

extension! {
    /// Whether RE-CONFIG may reset and add streams (RFC 6525; Linux:
    /// `sctp_setsockopt_reconfig_supported`).
    ReconfigSupported, SCTP_RECONFIG_SUPPORTED
}
