//! The HEARTBEAT chunk: probes a destination transport address.

use std::fmt;

use bytes::Bytes;

use super::Value;
use crate::cursor::Cursor;
use crate::field::{Fields, Row};
use crate::{DecodeError, Expected, tlv};

/// Type of the only parameter of HEARTBEAT and HEARTBEAT ACK.
const HEARTBEAT_INFO: u16 = 1;

/// Probes the reachability of one of the peer's addresses (RFC 9260, section 3.3.5).
///
/// ```text
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |   Type = 4    |  Chunk Flags  |       Heartbeat Length        |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |    Heartbeat Info Type = 1    |         HB Info Length        |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// \                Sender-Specific Heartbeat Info                 \
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heartbeat {
    /// Sender-specific Heartbeat Info, which the peer returns unchanged.
    pub info: Bytes,
}

impl Value for Heartbeat {
    fn decode(_flags: u8, cursor: &mut Cursor<'_>) -> Result<Self, DecodeError> {
        let info = decode_info(cursor)?;
        Ok(Self { info })
    }

    fn encode(&self, out: &mut Vec<u8>) {
        encode_info(&self.info, out);
    }
}

impl Fields for Heartbeat {
    const FIELDS: &'static [Row<Self>] =
        &[Row::bytes("info", "what the sender wants back", |it| {
            it.info.clone()
        })];
}

impl fmt::Display for Heartbeat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "HEARTBEAT len={}", self.info.len())
    }
}

pub(super) fn decode_info(cursor: &mut Cursor<'_>) -> Result<Bytes, DecodeError> {
    let at = cursor.offset();
    let kind = cursor.u16()?;
    if kind != HEARTBEAT_INFO {
        let expected = Expected::Value {
            field: "a heartbeat info parameter (type 1)",
            found: kind.into(),
        };
        return Err(cursor.error(at, expected));
    }
    let info = tlv::decode_length(cursor, "heartbeat info")?.rest();
    cursor.align_leniently();
    Ok(info)
}

pub(super) fn encode_info(info: &[u8], out: &mut Vec<u8>) {
    let start = out.len();
    out.extend(HEARTBEAT_INFO.to_be_bytes());
    out.extend([0; 2]);
    out.extend(info);
    tlv::write_length(out, start);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chunk::assert_on_the_wire;

    #[test]
    fn the_info_is_kept_without_its_padding() {
        assert_on_the_wire(
            &[4, 0, 0, 13, 0, 1, 0, 9, 1, 2, 3, 4, 5, 0, 0, 0],
            Heartbeat {
                info: vec![1, 2, 3, 4, 5].into(),
            },
            "HEARTBEAT len=5",
        );
    }

    #[test]
    fn another_parameter_is_an_error() {
        let packet = Bytes::from_static(&[4, 0, 0, 8, 0, 7, 0, 4]);
        let error = crate::Chunk::decode(&mut Cursor::new(&packet, "chunk")).unwrap_err();
        assert_eq!(
            error.to_string(),
            "HEARTBEAT chunk at byte 4: expected a heartbeat info parameter (type 1), found 7"
        );
    }
}
