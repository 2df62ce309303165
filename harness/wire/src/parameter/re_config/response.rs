//! Responses to re-configuration requests.

use std::fmt;

use crate::cursor::Cursor;
use crate::tlv::Value;
use crate::{DecodeError, Tsn};

/// Answers a request (RFC 6525, section 4.4).
///
/// ```text
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |         Re-configuration Response Sequence Number             |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                            Result                             |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                   Sender's Next TSN (optional)                |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                  Receiver's Next TSN (optional)               |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReconfigResponse {
    /// Sequence number of the request.
    pub response: u32,
    /// Result of the request.
    pub result: ReconfigResult,
    /// The sender's and the receiver's next TSN, in the response to an SSN/TSN reset
    /// request.
    pub next_tsns: Option<(Tsn, Tsn)>,
}

impl Value for ReconfigResponse {
    fn decode(cursor: &mut Cursor<'_>) -> Result<Self, DecodeError> {
        Ok(Self {
            response: cursor.u32()?,
            result: ReconfigResult(cursor.u32()?),
            next_tsns: match cursor.is_empty() {
                true => None,
                false => Some((Tsn(cursor.u32()?), Tsn(cursor.u32()?))),
            },
        })
    }

    fn encode(&self, out: &mut Vec<u8>) {
        out.extend(self.response.to_be_bytes());
        out.extend(self.result.0.to_be_bytes());
        if let Some((sender, receiver)) = self.next_tsns {
            out.extend(sender.0.to_be_bytes());
            out.extend(receiver.0.to_be_bytes());
        }
    }

    fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "={} resp={}", self.result, self.response)?;
        match self.next_tsns {
            Some((sender, receiver)) => write!(f, " next-tsns={sender},{receiver}"),
            None => Ok(()),
        }
    }
}

/// Result of a re-configuration request (RFC 6525, section 4.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReconfigResult(pub u32);

impl ReconfigResult {
    /// All results that the RFC defines.
    pub(crate) const ALL: [Self; 7] = [
        Self::NOTHING_TO_DO,
        Self::PERFORMED,
        Self::DENIED,
        Self::WRONG_SSN,
        Self::REQUEST_IN_PROGRESS,
        Self::BAD_SEQUENCE_NUMBER,
        Self::IN_PROGRESS,
    ];

    /// Success: there was nothing to do.
    pub const NOTHING_TO_DO: Self = Self(0);
    /// Success: the request was performed.
    pub const PERFORMED: Self = Self(1);
    /// The request was denied.
    pub const DENIED: Self = Self(2);
    /// A stream number is out of range.
    pub const WRONG_SSN: Self = Self(3);
    /// Error: another request is in progress.
    pub const REQUEST_IN_PROGRESS: Self = Self(4);
    /// Error: the request has an unexpected sequence number.
    pub const BAD_SEQUENCE_NUMBER: Self = Self(5);
    /// The request is in progress: send it again.
    pub const IN_PROGRESS: Self = Self(6);
}

impl fmt::Display for ReconfigResult {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match *self {
            Self::NOTHING_TO_DO => "nothing to do",
            Self::PERFORMED => "performed",
            Self::DENIED => "denied",
            Self::WRONG_SSN => "wrong SSN",
            Self::REQUEST_IN_PROGRESS => "request already in progress",
            Self::BAD_SEQUENCE_NUMBER => "bad sequence number",
            Self::IN_PROGRESS => "in progress",
            Self(number) => return write!(f, "result {number}"),
        })
    }
}
