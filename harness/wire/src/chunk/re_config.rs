//! The RE-CONFIG chunk: resets or adds streams.

use std::fmt;

use super::Value;
use crate::cursor::Cursor;
use crate::field::{self, Fields, Row};
use crate::{DecodeError, Parameter, tlv};

/// Requests to reset or add streams, or responses to such requests (RFC 6525, section
/// 3.1).
///
/// ```text
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |  Type = 130   |  Chunk Flags  |         Chunk Length          |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// \                  Re-configuration Parameter                   \
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// \             Re-configuration Parameter (optional)             \
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReConfig {
    /// The requests and responses. All combinations are decoded, though the RFC allows
    /// only some.
    pub parameters: Vec<Parameter>,
}

impl Value for ReConfig {
    fn decode(_flags: u8, cursor: &mut Cursor<'_>) -> Result<Self, DecodeError> {
        let parameters = tlv::decode_all(cursor)?;
        Ok(Self { parameters })
    }

    fn encode(&self, out: &mut Vec<u8>) {
        tlv::encode_all(&self.parameters, out);
    }
}

impl Fields for ReConfig {
    const FIELDS: &'static [Row<Self>] = &[];
    const OF_PARAMETERS: &'static [Row<[Parameter]>] = field::OF_RE_CONFIG;

    fn parameters(&self) -> &[Parameter] {
        &self.parameters
    }
}

impl fmt::Display for ReConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RE-CONFIG")?;
        super::show_all(&self.parameters, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chunk::assert_on_the_wire;
    use crate::parameter::{OutgoingReset, ReconfigResponse, ReconfigResult};
    use crate::{StreamId, Tsn};

    #[test]
    fn a_request_along_with_an_answer() {
        assert_on_the_wire(
            &[
                130, 0, 0, 34, 0, 16, 0, 12, 0, 0, 0, 8, 0, 0, 0, 1, 0, 13, 0, 18, 0, 0, 0, 9, 0,
                0, 0, 8, 0, 0, 0, 99, 0, 5, 0, 0,
            ],
            ReConfig {
                parameters: vec![
                    Parameter::ReconfigurationResponse(ReconfigResponse {
                        response: 8,
                        result: ReconfigResult::PERFORMED,
                        next_tsns: None,
                    }),
                    Parameter::OutgoingSsnResetRequest(OutgoingReset {
                        request: 9,
                        response: 8,
                        last_tsn: Tsn(99),
                        streams: vec![StreamId(5)],
                    }),
                ],
            },
            "RE-CONFIG [Re-configuration Response=performed resp=8, \
             Outgoing SSN Reset Request=[5] req=9 resp=8 last-tsn=99]",
        );
    }
}
