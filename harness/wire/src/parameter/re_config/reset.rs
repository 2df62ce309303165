//! Requests for sequence numbers to begin anew.

use std::fmt;

use crate::cursor::Cursor;
use crate::tlv::{Value, list_value, show_list};
use crate::{DecodeError, StreamId, Tsn};

list_value!(StreamId, u16, StreamId, |stream: StreamId| stream.0);

/// Asks for outgoing streams to begin at 0 again (RFC 6525, section 4.1).
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
    /// Numbers the sender's requests.
    pub request: u32,
    /// The number of the incoming reset request that this one answers.
    pub response: u32,
    /// The last TSN that the sender has given to user data.
    pub last_tsn: Tsn,
    /// The streams; none means all.
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

/// Asks for the receiver's outgoing streams to begin at 0 again (RFC 6525,
/// section 4.2).
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
    /// Numbers the sender's requests.
    pub request: u32,
    /// The streams; none means all.
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

/// Asks for all sequence numbers to begin anew (RFC 6525, section 4.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TsnReset {
    /// Numbers the sender's requests.
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
