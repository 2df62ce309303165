//! `SCTP_EXPOSE_POTENTIALLY_FAILED_STATE`: whether the application learns of the
//! potentially failed state.

use super::simple::assoc_value;

assoc_value! {
    /// Whether the state of potentially failed paths is exposed (RFC 7829 section 7.3;
    /// Linux 5.5: `sctp_setsockopt_pf_expose`; FreeBSD has no such option).
    ExposePotentiallyFailed {
        /// 0: by the state of [`PeerAddrInfo`](super::PeerAddrInfo) only; 1: by neither
        /// state nor notification; 2: by both (`net/sctp/associola.c`,
        /// `sctp_assoc_control_transport`). The default is the value of
        /// `net.sctp.pf_expose`, which is 0 unless somebody has set it.
        exposure
    }, SCTP_EXPOSE_POTENTIALLY_FAILED_STATE, linux only
}
