//! The INIT chunk: initiates an association.

use std::fmt;

use super::Value;
use crate::cursor::Cursor;
use crate::field::{self, Fields, Row};
use crate::{DecodeError, Parameter, Tsn, VerificationTag, tlv};

/// The initiator's side of a new association (RFC 9260, section 3.3.2).
///
/// ```text
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |   Type = 1    |  Chunk Flags  |      Chunk Length             |
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
pub struct Init {
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

impl Value for Init {
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

impl Fields for Init {
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
    ];
    const OF_PARAMETERS: &'static [Row<[Parameter]>] = field::OF_INIT;

    fn parameters(&self) -> &[Parameter] {
        &self.parameters
    }
}

impl fmt::Display for Init {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (tag, a_rwnd, tsn) = (self.initiate_tag, self.a_rwnd, self.initial_tsn);
        let (outbound, inbound) = (self.outbound_streams, self.inbound_streams);
        write!(
            f,
            "INIT tag={tag} a_rwnd={a_rwnd} os={outbound} mis={inbound} tsn={tsn}"
        )?;
        super::show_all(&self.parameters, f)
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::*;
    use crate::chunk::assert_on_the_wire;
    use crate::parameter::AddressType;

    #[test]
    fn a_multihomed_host_begins() {
        assert_on_the_wire(
            &[
                1, 0, 0, 48, 0x3a, 0x5c, 0x00, 0x01, 0, 1, 0xa0, 0, 0, 10, 0xff, 0xff, 0x12, 0x34,
                0x56, 0x78, 0, 5, 0, 8, 10, 0, 1, 1, 0, 5, 0, 8, 10, 0, 2, 1, 0, 12, 0, 6, 0, 5, 0,
                0, 0x80, 0, 0, 4,
            ],
            Init {
                initiate_tag: VerificationTag(0x3a5c_0001),
                a_rwnd: 106_496,
                outbound_streams: 10,
                inbound_streams: 65_535,
                initial_tsn: Tsn(0x1234_5678),
                parameters: vec![
                    Parameter::Ipv4Address(Ipv4Addr::new(10, 0, 1, 1)),
                    Parameter::Ipv4Address(Ipv4Addr::new(10, 0, 2, 1)),
                    Parameter::SupportedAddressTypes(vec![AddressType::IPV4]),
                    Parameter::EcnCapable(()),
                ],
            },
            "INIT tag=0x3a5c0001 a_rwnd=106496 os=10 mis=65535 tsn=305419896 \
             [IPv4 Address=10.0.1.1, IPv4 Address=10.0.2.1, Supported Address Types=[IPv4], \
             ECN Capable]",
        );
    }
}
