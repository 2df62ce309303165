//! Parameters of INIT and INIT ACK chunks that have one number.

use std::fmt;

use crate::DecodeError;
use crate::cursor::Cursor;
use crate::tlv::Value;

/// Suggests a longer lifetime of the cookie (RFC 9260, section 3.3.2.1.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CookiePreservative {
    /// Suggested increment of the lifetime, in milliseconds.
    pub increment_ms: u32,
}

impl Value for CookiePreservative {
    fn decode(cursor: &mut Cursor<'_>) -> Result<Self, DecodeError> {
        Ok(Self {
            increment_ms: cursor.u32()?,
        })
    }

    fn encode(&self, out: &mut Vec<u8>) {
        out.extend(self.increment_ms.to_be_bytes());
    }

    fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "={}ms", self.increment_ms)
    }
}

/// Error detection method identifier: the method that replaces the CRC32c where the
/// checksum is zero (RFC 9653, section 4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DetectionMethod(pub u32);

impl DetectionMethod {
    /// DTLS below SCTP, as in WebRTC data channels.
    pub const DTLS: Self = Self(1);
}

impl Value for DetectionMethod {
    fn decode(cursor: &mut Cursor<'_>) -> Result<Self, DecodeError> {
        cursor.u32().map(Self)
    }

    fn encode(&self, out: &mut Vec<u8>) {
        out.extend(self.0.to_be_bytes());
    }

    fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::DTLS => f.write_str("=DTLS"),
            Self(number) => write!(f, "={number}"),
        }
    }
}
