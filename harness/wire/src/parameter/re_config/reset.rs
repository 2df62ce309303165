//! Requests to reset sequence numbers.

use std::fmt;

use crate::cursor::Cursor;
use crate::tlv::{Value, list_value, show_list};
use crate::{DecodeError, StreamId, Tsn};

list_value!(StreamId, u16, StreamId, |stream: StreamId| stream.0);

/// Asks to reset the SSNs of the sender's outgoing streams (RFC 6525, section 4.1).
///
/// ```text
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |           Re-configuration Request Sequence Number            |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |           Re-configuration Response Sequence Number           |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                Sender's Last Assigned TSN                     |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |  Stream Number 1 (optional)   |    Stream Number 2 (optional) |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutgoingReset {
    /// Sequence number of the request.
    pub request: u32,
    /// Sequence number of the incoming reset request that is answered.
    pub response: u32,
    /// The last TSN that the sender has assigned.
    pub last_tsn: Tsn,
    /// The streams; an empty list means all.
    pub streams: Vec<StreamId>,
}

impl Value for OutgoingReset {
    fn decode(cursor: &mut Cursor<'_>) -> Result<Self, DecodeError> {
        Ok(Self {
            request: cursor.u32()?,
            response: cursor.u32()?,
            last_tsn: Tsn(cursor.u32()?),
            streams: Value::decode(cursor)?,
        })
    }

    fn encode(&self, out: &mut Vec<u8>) {
        out.extend(self.request.to_be_bytes());
        out.extend(self.response.to_be_bytes());
        out.extend(self.last_tsn.0.to_be_bytes());
        self.streams.encode(out);
    }

    fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("=")?;
        show_list(&self.streams, f)?;
        let (request, response, last_tsn) = (self.request, self.response, self.last_tsn);
        write!(f, " req={request} resp={response} last-tsn={last_tsn}")
    }
}

/// Asks to reset the SSNs of the receiver's outgoing streams (RFC 6525, section 4.2).
///
/// ```text
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |          Re-configuration Request Sequence Number             |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |  Stream Number 1 (optional)   |    Stream Number 2 (optional) |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IncomingReset {
    /// Sequence number of the request.
    pub request: u32,
    /// The streams; an empty list means all.
    pub streams: Vec<StreamId>,
}

impl Value for IncomingReset {
    fn decode(cursor: &mut Cursor<'_>) -> Result<Self, DecodeError> {
        Ok(Self {
            request: cursor.u32()?,
            streams: Value::decode(cursor)?,
        })
    }

    fn encode(&self, out: &mut Vec<u8>) {
        out.extend(self.request.to_be_bytes());
        self.streams.encode(out);
    }

    fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("=")?;
        show_list(&self.streams, f)?;
        write!(f, " req={}", self.request)
    }
}

/// Asks to reset all SSNs and TSNs (RFC 6525, section 4.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TsnReset {
    /// Sequence number of the request.
    pub request: u32,
}

impl Value for TsnReset {
    fn decode(cursor: &mut Cursor<'_>) -> Result<Self, DecodeError> {
        Ok(Self {
            request: cursor.u32()?,
        })
    }

    fn encode(&self, out: &mut Vec<u8>) {
        out.extend(self.request.to_be_bytes());
    }

    fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, " req={}", self.request)
    }
}
