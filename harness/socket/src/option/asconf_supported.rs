//! `SCTP_ASCONF_SUPPORTED`: whether addresses may change: ASCONF.

use super::simple::extension;

extension! {
    /// Whether addresses may change: ASCONF (RFC 5061; Linux 5.5:
    /// `sctp_setsockopt_asconf_supported`).
    AsconfSupported, SCTP_ASCONF_SUPPORTED
}
