//! `SCTP_EXPOSE_POTENTIALLY_FAILED_STATE`: whether the potentially failed state is
//! exposed.

use super::simple::assoc_value;

assoc_value! {
    /// Whether the state of potentially failed paths is exposed (RFC 7829 section 7.3;
    /// Linux 5.5: `sctp_setsockopt_pf_expose`; FreeBSD has no such option).
    ExposePotentiallyFailed {
        /// 0: by neither notification nor state; 1: by the state of
        /// [`PeerAddrInfo`](super::PeerAddrInfo) only; 2: by both. The default is
        /// `net.sctp.pf_expose`, 0 where that was never set.
        exposure
    }, SCTP_EXPOSE_POTENTIALLY_FAILED_STATE, linux only
}
