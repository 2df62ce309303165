//! The Stale Cookie cause.

use std::fmt;

use crate::DecodeError;
use crate::cursor::Cursor;
use crate::tlv::Value;

/// Staleness of a cookie (RFC 9260, section 3.3.10.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StaleCookie {
    /// Time since the cookie's expiry, in microseconds; 0 if the sender does not reveal
    /// it.
    pub staleness_us: u32,
}

impl Value for StaleCookie {
    fn decode(cursor: &mut Cursor<'_>) -> Result<Self, DecodeError> {
        Ok(Self {
            staleness_us: cursor.u32()?,
        })
    }

    fn encode(&self, out: &mut Vec<u8>) {
        out.extend(self.staleness_us.to_be_bytes());
    }

    fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, " by {}us", self.staleness_us)
    }
}
