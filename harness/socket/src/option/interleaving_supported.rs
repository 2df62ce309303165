//! `SCTP_INTERLEAVING_SUPPORTED`: whether messages of different streams may alternate: I-DATA.

use super::simple::extension;

extension! {
    /// Whether messages of different streams may alternate: I-DATA (RFC 8260 section
    /// 4.3.1; Linux: `sctp_setsockopt_interleaving_supported`, which wants
    /// [`FragmentInterleave`](super::FragmentInterleave) first).
    InterleavingSupported, SCTP_INTERLEAVING_SUPPORTED
}
