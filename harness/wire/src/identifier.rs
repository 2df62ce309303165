//! Identifiers of streams, associations and payload protocols.

use std::fmt;

/// Identifier of a stream in one direction of an association, from 0 (RFC 9260, section
/// 1.6).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StreamId(pub u16);

/// Verification tag: distinguishes the packets of an association from those of another or
/// of an earlier one (RFC 9260, section 8.5). It is 0 in packets with an INIT chunk, and
/// in no others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VerificationTag(pub u32);

/// Payload protocol identifier. SCTP passes it from application to application without
/// interpreting it (RFC 9260, section 3.3.1).
///
/// This type has the number that stands on the wire in network byte order. IANA registers
/// this number, and Wireshark shows it. The sockets API passes the identifier
/// *unconverted*: an application that assigns `sinfo_ppid = 51` without `htonl` on a
/// little-endian machine sends `Ppid(0x33000000)`.
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
