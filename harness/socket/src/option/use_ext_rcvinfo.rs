//! `SCTP_USE_EXT_RCVINFO`: the old form of the next message's attributes.

use super::simple::switch;

switch! {
    /// Messages come with [`ExtRcvInfo`](crate::ExtRcvInfo) instead of
    /// [`SndRcvInfo`](crate::SndRcvInfo) (RFC 6458 section 8.1.22, deprecated there).
    /// FreeBSD only.
    UseExtRcvInfo, SCTP_USE_EXT_RCVINFO, freebsd only
}
