//! The ASCONF-ACK chunk: answers an ASCONF chunk.

use std::fmt;

use super::Value;
use crate::cursor::Cursor;
use crate::field::{self, Fields, Row};
use crate::{DecodeError, Parameter, tlv};

/// The results of an ASCONF chunk's requests (RFC 5061, section 4.1.2).
///
/// ```text
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |  Type = 0x80  |  Chunk Flags  |         Chunk Length          |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                        Sequence Number                        |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |               ASCONF Parameter Response #1                    |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// \                             ....                              \
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AsconfAck {
    /// Sequence number of the ASCONF chunk that is answered.
    pub sequence_number: u32,
    /// The responses. A request without a response was granted.
    pub parameters: Vec<Parameter>,
}

impl Value for AsconfAck {
    fn decode(_flags: u8, cursor: &mut Cursor<'_>) -> Result<Self, DecodeError> {
        Ok(Self {
            sequence_number: cursor.u32()?,
            parameters: tlv::decode_all(cursor)?,
        })
    }

    fn encode(&self, out: &mut Vec<u8>) {
        out.extend(self.sequence_number.to_be_bytes());
        tlv::encode_all(&self.parameters, out);
    }
}

impl Fields for AsconfAck {
    const FIELDS: &'static [Row<Self>] = &[Row::number(
        "sequence-number",
        "the number of the ASCONF",
        |it| it.sequence_number.into(),
    )];
    const OF_PARAMETERS: &'static [Row<[Parameter]>] = field::OF_ASCONF_ACK;

    fn parameters(&self) -> &[Parameter] {
        &self.parameters
    }
}

impl fmt::Display for AsconfAck {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ASCONF-ACK seq={}", self.sequence_number)?;
        super::show_all(&self.parameters, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Cause;
    use crate::chunk::assert_on_the_wire;
    use crate::parameter::{AsconfError, AsconfSuccess};

    #[test]
    fn one_request_is_granted_and_one_is_not() {
        assert_on_the_wire(
            &[
                0x80, 0, 0, 28, 0, 0, 0, 1, 0xc0, 5, 0, 8, 0, 0, 0, 1, 0xc0, 3, 0, 12, 0, 0, 0, 2,
                0, 0xa0, 0, 4,
            ],
            AsconfAck {
                sequence_number: 1,
                parameters: vec![
                    Parameter::SuccessIndication(AsconfSuccess { correlation_id: 1 }),
                    Parameter::ErrorCauseIndication(AsconfError {
                        correlation_id: 2,
                        causes: vec![Cause::DeleteLastAddress(vec![].into())],
                    }),
                ],
            },
            "ASCONF-ACK seq=1 [Success Indication id=1, Error Cause Indication\
             =[Request to Delete Last Remaining IP Address len=0] id=2]",
        );
    }
}
