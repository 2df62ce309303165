//! `SCTP_MAXSEG`: size of the largest chunk.

use super::simple::assoc_value;

assoc_value! {
    /// Greatest number of a message's bytes in one chunk (RFC 6458 section 8.1.16; Linux:
    /// `sctp_setsockopt_maxseg`). The path MTU limits it further.
    MaxSeg {
        /// Size in bytes; 0 for the limit of the path.
        size
    }, SCTP_MAXSEG
}
