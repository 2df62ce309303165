//! Numbers that name something.

use std::fmt;

/// Names one of the streams of one direction of an association, from 0
/// (RFC 9260, section 1.6).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StreamId(pub u16);

/// Tells the packets of one association from those of another or of an earlier
/// one (RFC 9260, section 8.5). 0 stands in packets that carry an INIT chunk,
/// and in no others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VerificationTag(pub u32);

/// The payload protocol identifier: passed from application to application,
/// and not looked at by SCTP (RFC 9260, section 3.3.1).
///
/// Here it is the number that stands on the wire in network byte order, which
/// is what IANA registers and Wireshark shows. The sockets API hands it over
/// *unconverted*: an application that assigns `sinfo_ppid = 51` without
/// `htonl` on a little-endian machine sends `Ppid(0x33000000)`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ppid(pub u32);

impl fmt::Display for StreamId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for VerificationTag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:#010x}", self.0)
    }
}

impl fmt::Display for Ppid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
