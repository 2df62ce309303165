//! The I-FORWARD-TSN chunk: abandons interleaved user data.

use std::fmt;

use super::Value;
use crate::cursor::Cursor;
use crate::field::{Fields, Row};
use crate::{DecodeError, Mid, StreamId, Tsn, tlv};

/// The U bit of an abandoned message.
const UNORDERED: u16 = 0x0001;

/// Tells the receiver to wait no longer for abandoned user data, where I-DATA chunks are
/// in use (RFC 8260, section 2.3.1).
///
/// ```text
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |   Type = 194  | Flags = 0x00  |      Length = Variable        |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                       New Cumulative TSN                      |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |       Stream Identifier       |          Reserved           |U|
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                       Message Identifier                      |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// \                              ...                              \
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IForwardTsn {
    /// New cumulative TSN: all TSNs up to and including it count as received.
    pub new_cumulative_tsn: Tsn,
    /// The streams with abandoned messages.
    pub skipped: Vec<SkippedMessage>,
}

/// The last abandoned message among the ordered or the unordered messages of a stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SkippedMessage {
    /// The stream.
    pub stream: StreamId,
    /// U bit: the message is unordered.
    pub unordered: bool,
    /// Message identifier of the last abandoned message.
    pub mid: Mid,
}

impl Value for IForwardTsn {
    fn decode(_flags: u8, cursor: &mut Cursor<'_>) -> Result<Self, DecodeError> {
        let new_cumulative_tsn = Tsn(cursor.u32()?);
        let mut skipped = Vec::new();
        while !cursor.is_empty() {
            skipped.push(SkippedMessage {
                stream: StreamId(cursor.u16()?),
                unordered: cursor.u16()? & UNORDERED != 0,
                mid: Mid(cursor.u32()?),
            });
        }
        Ok(Self {
            new_cumulative_tsn,
            skipped,
        })
    }

    fn encode(&self, out: &mut Vec<u8>) {
        out.extend(self.new_cumulative_tsn.0.to_be_bytes());
        for message in &self.skipped {
            let flags = UNORDERED * u16::from(message.unordered);
            out.extend(message.stream.0.to_be_bytes());
            out.extend(flags.to_be_bytes());
            out.extend(message.mid.0.to_be_bytes());
        }
    }
}

impl fmt::Display for SkippedMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unordered = if self.unordered { " U" } else { "" };
        write!(f, "{}:{}{unordered}", self.stream, self.mid)
    }
}

impl Fields for IForwardTsn {
    const FIELDS: &'static [Row<Self>] = &[
        Row::number(
            "new-cumulative-tsn",
            "all up to this one count as received",
            |it| it.new_cumulative_tsn.0.into(),
        ),
        Row::numbers("streams", "the streams that lost messages", |it| {
            it.skipped.iter().map(|one| one.stream.0.into()).collect()
        }),
        Row::numbers("mids", "the last message skipped on each of them", |it| {
            it.skipped.iter().map(|one| one.mid.0.into()).collect()
        }),
    ];
}

impl fmt::Display for IForwardTsn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "I-FORWARD-TSN cum={}", self.new_cumulative_tsn)?;
        if !self.skipped.is_empty() {
            f.write_str(" skipped=")?;
            tlv::show_list(&self.skipped, f)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chunk::assert_on_the_wire;

    #[test]
    fn ordered_and_unordered_messages_are_skipped() {
        let skipped = |unordered, mid| SkippedMessage {
            stream: StreamId(1),
            unordered,
            mid: Mid(mid),
        };
        assert_on_the_wire(
            &[
                194, 0, 0, 24, 0, 0, 0, 103, 0, 1, 0, 0, 0, 0, 0, 7, 0, 1, 0, 1, 0, 0, 0, 9,
            ],
            IForwardTsn {
                new_cumulative_tsn: Tsn(103),
                skipped: vec![skipped(false, 7), skipped(true, 9)],
            },
            "I-FORWARD-TSN cum=103 skipped=[1:7, 1:9 U]",
        );
    }
}
