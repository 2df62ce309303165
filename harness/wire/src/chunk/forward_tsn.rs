//! The FORWARD TSN chunk: abandons user data.

use std::fmt;

use super::Value;
use crate::cursor::Cursor;
use crate::field::{Fields, Row};
use crate::{DecodeError, Ssn, StreamId, Tsn, tlv};

/// Tells the receiver to wait no longer for abandoned user data (RFC 3758, section 3.2).
///
/// ```text
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |  Type = 192   |  Flags = 0x00 |        Length = Variable      |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                      New Cumulative TSN                       |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |         Stream-1              |       Stream Sequence-1       |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// \                              ...                              \
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForwardTsn {
    /// New cumulative TSN: all TSNs up to and including it count as received.
    pub new_cumulative_tsn: Tsn,
    /// The ordered streams with abandoned messages.
    pub skipped: Vec<SkippedStream>,
}

/// The last abandoned message of an ordered stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SkippedStream {
    /// The stream.
    pub stream: StreamId,
    /// Stream sequence number of the last abandoned message.
    pub ssn: Ssn,
}

impl Value for ForwardTsn {
    fn decode(_flags: u8, cursor: &mut Cursor<'_>) -> Result<Self, DecodeError> {
        let new_cumulative_tsn = Tsn(cursor.u32()?);
        let mut skipped = Vec::new();
        while !cursor.is_empty() {
            skipped.push(SkippedStream {
                stream: StreamId(cursor.u16()?),
                ssn: Ssn(cursor.u16()?),
            });
        }
        Ok(Self {
            new_cumulative_tsn,
            skipped,
        })
    }

    fn encode(&self, out: &mut Vec<u8>) {
        out.extend(self.new_cumulative_tsn.0.to_be_bytes());
        for SkippedStream { stream, ssn } in &self.skipped {
            out.extend(stream.0.to_be_bytes());
            out.extend(ssn.0.to_be_bytes());
        }
    }
}

impl fmt::Display for SkippedStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.stream, self.ssn)
    }
}

impl Fields for ForwardTsn {
    const FIELDS: &'static [Row<Self>] = &[
        Row::number(
            "new-cumulative-tsn",
            "all up to this one count as received",
            |it| it.new_cumulative_tsn.0.into(),
        ),
        Row::numbers("streams", "the streams that lost messages", |it| {
            it.skipped.iter().map(|one| one.stream.0.into()).collect()
        }),
        Row::numbers("ssns", "the last message skipped on each of them", |it| {
            it.skipped.iter().map(|one| one.ssn.0.into()).collect()
        }),
    ];
}

impl fmt::Display for ForwardTsn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FORWARD TSN cum={}", self.new_cumulative_tsn)?;
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
    fn two_streams_are_skipped() {
        let skipped = |stream, ssn| SkippedStream {
            stream: StreamId(stream),
            ssn: Ssn(ssn),
        };
        assert_on_the_wire(
            &[192, 0, 0, 16, 0, 0, 0, 103, 0, 1, 0, 7, 0, 2, 0, 9],
            ForwardTsn {
                new_cumulative_tsn: Tsn(103),
                skipped: vec![skipped(1, 7), skipped(2, 9)],
            },
            "FORWARD TSN cum=103 skipped=[1:7, 2:9]",
        );
    }
}
