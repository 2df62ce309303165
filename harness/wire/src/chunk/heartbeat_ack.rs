//! The HEARTBEAT ACK chunk: answers a HEARTBEAT chunk.

use std::fmt;

use bytes::Bytes;

use super::Value;
use super::heartbeat::{decode_info, encode_info};
use crate::DecodeError;
use crate::cursor::Cursor;
use crate::field::{Fields, Row};

/// Answers a HEARTBEAT chunk from the probed address (RFC 9260, section 3.3.6).
///
/// ```text
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |   Type = 5    |  Chunk Flags  |     Heartbeat Ack Length      |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |    Heartbeat Info Type = 1    |         HB Info Length        |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// \                Sender-Specific Heartbeat Info                 \
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeartbeatAck {
    /// Heartbeat Info of the HEARTBEAT chunk that is answered.
    pub info: Bytes,
}

impl Value for HeartbeatAck {
    fn decode(_flags: u8, cursor: &mut Cursor<'_>) -> Result<Self, DecodeError> {
        let info = decode_info(cursor)?;
        Ok(Self { info })
    }

    fn encode(&self, out: &mut Vec<u8>) {
        encode_info(&self.info, out);
    }
}

impl Fields for HeartbeatAck {
    const FIELDS: &'static [Row<Self>] = &[Row::bytes("info", "the info of the HEARTBEAT", |it| {
        it.info.clone()
    })];
}

impl fmt::Display for HeartbeatAck {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "HEARTBEAT ACK len={}", self.info.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chunk::assert_on_the_wire;

    #[test]
    fn the_info_comes_back() {
        assert_on_the_wire(
            &[5, 0, 0, 12, 0, 1, 0, 8, 1, 2, 3, 4],
            HeartbeatAck {
                info: vec![1, 2, 3, 4].into(),
            },
            "HEARTBEAT ACK len=4",
        );
    }
}
