//! The ASCONF chunk: changes the sender's addresses.

use std::fmt;
use std::net::IpAddr;

use super::Value;
use crate::cursor::Cursor;
use crate::field::{self, Fields, Row};
use crate::parameter::{decode_address, encode_address};
use crate::{DecodeError, Parameter, tlv};

/// Requests to add or delete addresses or to prefer one (RFC 5061, section
/// 4.1.1).
///
/// ```text
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |  Type = 0xC1  |  Chunk Flags  |         Chunk Length          |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                        Sequence Number                        |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                       Address Parameter                       |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                     ASCONF Parameter #1                       |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// \                             ....                              \
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asconf {
    /// Sequence number of this chunk among the sender's ASCONF chunks.
    pub sequence_number: u32,
    /// An address of the association, by which the receiver looks it up.
    pub address: IpAddr,
    /// The requests, in the order on the wire.
    pub parameters: Vec<Parameter>,
}

impl Value for Asconf {
    fn decode(_flags: u8, cursor: &mut Cursor<'_>) -> Result<Self, DecodeError> {
        Ok(Self {
            sequence_number: cursor.u32()?,
            address: decode_address(cursor)?,
            parameters: tlv::decode_all(cursor)?,
        })
    }

    fn encode(&self, out: &mut Vec<u8>) {
        out.extend(self.sequence_number.to_be_bytes());
        encode_address(self.address, out);
        tlv::encode_all(&self.parameters, out);
    }
}

impl Fields for Asconf {
    const FIELDS: &'static [Row<Self>] = &[
        Row::number(
            "sequence-number",
            "numbers the sender's ASCONF chunks",
            |it| it.sequence_number.into(),
        ),
        Row::address(
            "address",
            "an address by which the receiver finds the association",
            |it| it.address,
        ),
    ];
    const OF_PARAMETERS: &'static [Row<[Parameter]>] = field::OF_ASCONF;

    fn parameters(&self) -> &[Parameter] {
        &self.parameters
    }
}

impl fmt::Display for Asconf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (number, address) = (self.sequence_number, self.address);
        write!(f, "ASCONF seq={number} address={address}")?;
        super::show_all(&self.parameters, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chunk::assert_on_the_wire;
    use crate::parameter::AddressChange;

    #[test]
    fn an_address_is_added_and_the_other_deleted() {
        let change = |correlation_id, last| AddressChange {
            correlation_id,
            address: [10, 0, 0, last].into(),
        };
        assert_on_the_wire(
            &[
                0xc1, 0, 0, 48, 0, 0, 0, 1, 0, 5, 0, 8, 10, 0, 0, 1, 0xc0, 1, 0, 16, 0, 0, 0, 1, 0,
                5, 0, 8, 10, 0, 0, 2, 0xc0, 2, 0, 16, 0, 0, 0, 2, 0, 5, 0, 8, 10, 0, 0, 1,
            ],
            Asconf {
                sequence_number: 1,
                address: [10, 0, 0, 1].into(),
                parameters: vec![
                    Parameter::AddIpAddress(change(1, 2)),
                    Parameter::DeleteIpAddress(change(2, 1)),
                ],
            },
            "ASCONF seq=1 address=10.0.0.1 \
             [Add IP Address=10.0.0.2 id=1, Delete IP Address=10.0.0.1 id=2]",
        );
    }
}
