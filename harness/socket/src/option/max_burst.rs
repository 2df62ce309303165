//! `SCTP_MAX_BURST`: packets at once.

use super::simple::assoc_value;

assoc_value! {
    /// How many packets may go out at once (RFC 6458 section 8.1.24; Linux:
    /// `sctp_setsockopt_maxburst`).
    MaxBurst {
        /// In packets; 0 for any number.
        packets
    }, SCTP_MAX_BURST
}
