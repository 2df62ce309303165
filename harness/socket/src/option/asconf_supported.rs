//! `SCTP_ASCONF_SUPPORTED`: whether ASCONF may change addresses.

use super::simple::extension;

extension! {
    /// Whether ASCONF may change the addresses of an association (RFC 5061; Linux 5.4:
    /// `sctp_setsockopt_asconf_supported`).
    AsconfSupported, SCTP_ASCONF_SUPPORTED
}
