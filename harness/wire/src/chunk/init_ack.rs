//! The INIT ACK chunk: acknowledges an INIT chunk.

use std::fmt;

use super::Value;
use crate::cursor::Cursor;
use crate::field::{self, Fields, Row};
use crate::{DecodeError, Parameter, Tsn, VerificationTag, tlv};

/// The responder's side of a new association, and its state cookie (RFC 9260, section
/// 3.3.3).
///
/// ```text
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |   Type = 2    |  Chunk Flags  |      Chunk Length             |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                         Initiate Tag                          |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |          Advertised Receiver Window Credit (a_rwnd)           |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |  Number of Outbound Streams   |   Number of Inbound Streams   |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                          Initial TSN                          |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// \              Optional/Variable-Length Parameters              \
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InitAck {
    /// The verification tag that the peer must use from now on.
    pub initiate_tag: VerificationTag,
    /// Advertised receiver window credit of the sender, in bytes.
    pub a_rwnd: u32,
    /// Number of outbound streams that the sender wants.
    pub outbound_streams: u16,
    /// Greatest number of inbound streams that the sender accepts.
    pub inbound_streams: u16,
    /// TSN of the sender's first DATA chunk.
    pub initial_tsn: Tsn,
    /// The optional and variable-length parameters, in the order on the wire.
    pub parameters: Vec<Parameter>,
}

impl Value for InitAck {
    fn decode(_flags: u8, cursor: &mut Cursor<'_>) -> Result<Self, DecodeError> {
        Ok(Self {
            initiate_tag: VerificationTag(cursor.u32()?),
            a_rwnd: cursor.u32()?,
            outbound_streams: cursor.u16()?,
            inbound_streams: cursor.u16()?,
            initial_tsn: Tsn(cursor.u32()?),
            parameters: tlv::decode_all(cursor)?,
        })
    }

    fn encode(&self, out: &mut Vec<u8>) {
        out.extend(self.initiate_tag.0.to_be_bytes());
        out.extend(self.a_rwnd.to_be_bytes());
        out.extend(self.outbound_streams.to_be_bytes());
        out.extend(self.inbound_streams.to_be_bytes());
        out.extend(self.initial_tsn.0.to_be_bytes());
        tlv::encode_all(&self.parameters, out);
    }
}

impl Fields for InitAck {
    const FIELDS: &'static [Row<Self>] = &[
        Row::tag(
            "initiate-tag",
            "the verification tag that the sender wants to see",
            |it| it.initiate_tag,
        ),
        Row::number("a-rwnd", "the bytes that the sender has room for", |it| {
            it.a_rwnd.into()
        }),
        Row::number(
            "outbound-streams",
            "how many streams the sender wants to send on",
            |it| it.outbound_streams.into(),
        ),
        Row::number(
            "inbound-streams",
            "how many streams the sender takes at most",
            |it| it.inbound_streams.into(),
        ),
        Row::number(
            "initial-tsn",
            "the TSN of the sender's first DATA chunk",
            |it| it.initial_tsn.0.into(),
        ),
        Row::many_bytes("cookie", "the state cookie", |it| {
            field::cookies(&it.parameters)
        }),
    ];
    const OF_PARAMETERS: &'static [Row<[Parameter]>] = field::OF_INIT;

    fn parameters(&self) -> &[Parameter] {
        &self.parameters
    }
}

impl fmt::Display for InitAck {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (tag, a_rwnd, tsn) = (self.initiate_tag, self.a_rwnd, self.initial_tsn);
        let (outbound, inbound) = (self.outbound_streams, self.inbound_streams);
        write!(
            f,
            "INIT ACK tag={tag} a_rwnd={a_rwnd} os={outbound} mis={inbound} tsn={tsn}"
        )?;
        super::show_all(&self.parameters, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chunk::assert_on_the_wire;

    #[test]
    fn the_cookie_comes_along() {
        assert_on_the_wire(
            &[
                2, 0, 0, 33, 0, 0, 0, 2, 0, 0, 0x10, 0, 0, 1, 0, 2, 0, 0, 0, 3, 0xc0, 0, 0, 4, 0,
                7, 0, 9, 1, 2, 3, 4, 5, 0, 0, 0,
            ],
            InitAck {
                initiate_tag: VerificationTag(2),
                a_rwnd: 4096,
                outbound_streams: 1,
                inbound_streams: 2,
                initial_tsn: Tsn(3),
                parameters: vec![
                    Parameter::ForwardTsnSupported(()),
                    Parameter::StateCookie(vec![1, 2, 3, 4, 5].into()),
                ],
            },
            "INIT ACK tag=0x00000002 a_rwnd=4096 os=1 mis=2 tsn=3 \
             [Forward TSN Supported, State Cookie len=5]",
        );
    }
}
