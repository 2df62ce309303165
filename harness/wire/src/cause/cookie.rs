//! The cause of a cookie that came back too late.

use std::fmt;

use crate::DecodeError;
use crate::cursor::Cursor;
use crate::tlv::Value;

/// How late a cookie came back (RFC 9260, section 3.3.10.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StaleCookie {
    /// The time since it expired, in microseconds; 0 if the sender will not
    /// say.
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
