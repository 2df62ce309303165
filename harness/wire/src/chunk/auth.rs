//! The AUTH chunk: authenticates the chunks after it.

use std::fmt;

use bytes::Bytes;

use super::Value;
use crate::DecodeError;
use crate::cursor::Cursor;
use crate::field::{Fields, Registry, Row};
use crate::parameter::HmacId;

/// Authenticates the chunks that follow in the packet (RFC 4895, section 5.1).
///
/// ```text
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |   Type = 15   |   Flags = 0   |             Length            |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |     Shared Key Identifier     |        HMAC Identifier        |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// \                             HMAC                              \
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Auth {
    /// Identifier of the endpoint pair shared key. Key 0 is empty unless another was set.
    pub shared_key_id: u16,
    /// The HMAC algorithm.
    pub hmac_id: HmacId,
    /// The message authentication code. It is not verified here, since that needs the
    /// keys.
    pub hmac: Bytes,
}

impl Value for Auth {
    fn decode(_flags: u8, cursor: &mut Cursor<'_>) -> Result<Self, DecodeError> {
        Ok(Self {
            shared_key_id: cursor.u16()?,
            hmac_id: HmacId(cursor.u16()?),
            hmac: cursor.rest(),
        })
    }

    fn encode(&self, out: &mut Vec<u8>) {
        out.extend(self.shared_key_id.to_be_bytes());
        out.extend(self.hmac_id.0.to_be_bytes());
        out.extend_from_slice(&self.hmac);
    }
}

impl Fields for Auth {
    const FIELDS: &'static [Row<Self>] = &[
        Row::number("shared-key-id", "which of the shared keys", |it| {
            it.shared_key_id.into()
        }),
        Row::code("hmac-id", "how the HMAC was made", Registry::Hmacs, |it| {
            it.hmac_id.0.into()
        }),
        Row::bytes("hmac", "the message authentication code", |it| {
            it.hmac.clone()
        }),
    ];
}

impl fmt::Display for Auth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (key, hmac, len) = (self.shared_key_id, self.hmac_id, self.hmac.len());
        write!(f, "AUTH key={key} hmac={hmac} len={len}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chunk::assert_on_the_wire;

    #[test]
    fn on_the_wire() {
        assert_on_the_wire(
            &[15, 0, 0, 12, 0, 7, 0, 3, 0xde, 0xad, 0xbe, 0xef],
            Auth {
                shared_key_id: 7,
                hmac_id: HmacId::SHA256,
                hmac: vec![0xde, 0xad, 0xbe, 0xef].into(),
            },
            "AUTH key=7 hmac=SHA-256 len=4",
        );
    }
}
