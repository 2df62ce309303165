//! `SCTP_INTERLEAVING_SUPPORTED`: whether I-DATA may interleave messages of different
//! streams.

use super::simple::extension;

extension! {
    /// Whether I-DATA may interleave messages of different streams (RFC 8260 section
    /// 4.3.1; Linux: `sctp_setsockopt_interleaving_supported`, which requires
    /// [`FragmentInterleave`](super::FragmentInterleave) first).
    InterleavingSupported, SCTP_INTERLEAVING_SUPPORTED
}
