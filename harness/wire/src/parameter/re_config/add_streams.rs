//! Requests for more streams.

use std::fmt;

use crate::DecodeError;
use crate::cursor::Cursor;
use crate::tlv::Value;

/// Asks for additional streams (RFC 6525, sections 4.5 and 4.6).
///
/// ```text
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |          Re-configuration Request Sequence Number             |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |      Number of new streams    |         Reserved              |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AddStreams {
    /// Sequence number of the request.
    pub request: u32,
    /// Number of additional streams.
    pub count: u16,
}

impl Value for AddStreams {
    fn decode(cursor: &mut Cursor<'_>) -> Result<Self, DecodeError> {
        let (request, count) = (cursor.u32()?, cursor.u16()?);
        cursor.u16()?;
        Ok(Self { request, count })
    }

    fn encode(&self, out: &mut Vec<u8>) {
        out.extend(self.request.to_be_bytes());
        out.extend(self.count.to_be_bytes());
        out.extend([0; 2]);
    }

    fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "={} req={}", self.count, self.request)
    }
}
