//! `SCTP_MAX_BURST`: packets in a burst.

use super::simple::assoc_value;

assoc_value! {
    /// Greatest number of packets in a burst (RFC 6458 section 8.1.24; Linux:
    /// `sctp_setsockopt_maxburst`).
    MaxBurst {
        /// Number of packets; 0 for no limit.
        packets
    }, SCTP_MAX_BURST
}
