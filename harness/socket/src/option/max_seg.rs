//! `SCTP_MAXSEG`: the largest chunk.

use super::simple::assoc_value;

assoc_value! {
    /// How many bytes of a message go into one chunk at most (RFC 6458 section
    /// 8.1.16; Linux: `sctp_setsockopt_maxseg`). The path MTU limits it further.
    MaxSeg {
        /// In bytes; 0 for as many as the path takes.
        size
    }, SCTP_MAXSEG
}
