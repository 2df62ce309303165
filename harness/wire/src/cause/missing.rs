//! The Missing Mandatory Parameter cause.

use std::fmt;

use crate::DecodeError;
use crate::cursor::Cursor;
use crate::parameter::ParameterType;
use crate::tlv::{Value, show_list};

/// The parameters that an INIT or INIT ACK chunk lacks (RFC 9260, section
/// 3.3.10.2).
///
/// ```text
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                 Number of missing params = N                  |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |     Missing Param Type #1     |     Missing Param Type #2     |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissingParameters(pub Vec<ParameterType>);

impl Value for MissingParameters {
    fn decode(cursor: &mut Cursor<'_>) -> Result<Self, DecodeError> {
        // The loop ends with the bytes and allocates nothing in advance, so a hostile
        // count does no harm.
        let count = cursor.u32()?;
        let types = (0..count).map(|_| cursor.u16().map(ParameterType));
        types.collect::<Result<_, _>>().map(Self)
    }

    fn encode(&self, out: &mut Vec<u8>) {
        let count = u32::try_from(self.0.len()).unwrap_or(u32::MAX);
        out.extend(count.to_be_bytes());
        for kind in &self.0 {
            out.extend(kind.0.to_be_bytes());
        }
    }

    fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("=")?;
        show_list(&self.0, f)
    }
}
