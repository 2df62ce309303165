//! Type-length-value encoding of parameters and error causes.
//!
//! Both have the same form (RFC 9260, sections 3.2.1 and 3.3.10):
//!
//! ```text
//! +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//! |             Type              |            Length             |
//! +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//! \                             Value                             \
//! +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//! ```

mod table;
mod value;

pub(crate) use table::tlv_table;
pub(crate) use value::list_value;

use std::fmt;

use crate::cursor::Cursor;
use crate::{DecodeError, Expected};

/// Length of a type and a length field.
pub(crate) const HEADER: usize = 4;

/// A value after a type and a length field.
pub(crate) trait Value: Sized {
    /// Reads the value. The caller checks that no bytes are left over.
    fn decode(cursor: &mut Cursor<'_>) -> Result<Self, DecodeError>;

    /// Appends the value without padding.
    fn encode(&self, out: &mut Vec<u8>);

    /// Shows the value after its name, with a separator.
    fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result;
}

/// A parameter or a cause, which knows its type.
pub(crate) trait Tlv: Sized {
    /// The name of this type in errors.
    fn name(number: u16) -> &'static str;

    /// Reads the value of the given type.
    fn decode_value(number: u16, cursor: &mut Cursor<'_>) -> Result<Self, DecodeError>;

    fn number(&self) -> u16;

    fn encode_value(&self, out: &mut Vec<u8>);
}

/// Reads one parameter or cause, and the padding after it as far as the padding is there.
pub(crate) fn decode_one<T: Tlv>(cursor: &mut Cursor<'_>) -> Result<T, DecodeError> {
    let number = cursor.u16()?;
    let mut value = decode_length(cursor, T::name(number))?;
    let tlv = T::decode_value(number, &mut value)?;
    value.finish()?;
    cursor.align_leniently();
    Ok(tlv)
}

/// Reads the length field after a type, and gives the value that it covers.
pub(crate) fn decode_length<'a>(
    cursor: &mut Cursor<'a>,
    what: &'static str,
) -> Result<Cursor<'a>, DecodeError> {
    let at = cursor.offset();
    let length = usize::from(cursor.u16()?);
    if length < HEADER {
        let expected = Expected::LengthOfAtLeast {
            least: HEADER,
            found: length,
        };
        return Err(cursor.error(at, expected));
    }
    cursor.split(length - HEADER, what)
}

/// Reads parameters or causes until the end of the bytes.
///
/// RFC 9260, section 3.2: "A robust implementation is expected to accept the
/// chunk whether or not the final padding has been included in the Chunk
/// Length."
pub(crate) fn decode_all<T: Tlv>(cursor: &mut Cursor<'_>) -> Result<Vec<T>, DecodeError> {
    let mut all = Vec::new();
    while !cursor.is_empty() {
        all.push(decode_one(cursor)?);
    }
    Ok(all)
}

/// Appends one parameter or cause without padding.
pub(crate) fn encode_one<T: Tlv>(tlv: &T, out: &mut Vec<u8>) {
    let start = out.len();
    out.extend(tlv.number().to_be_bytes());
    out.extend([0; 2]);
    tlv.encode_value(out);
    write_length(out, start);
}

/// Appends parameters or causes with padding between them. The last one has no padding,
/// since the chunk's length does not count that padding (RFC 9260, section 3.2).
pub(crate) fn encode_all<T: Tlv>(all: &[T], out: &mut Vec<u8>) {
    for tlv in all {
        pad(out);
        encode_one(tlv, out);
    }
}

/// Fills in the length of the item that began at `start`. The length field is two bytes
/// after `start`.
pub(crate) fn write_length(out: &mut [u8], start: usize) {
    let length = u16::try_from(out.len() - start).unwrap_or(u16::MAX);
    out[start + 2..start + HEADER].copy_from_slice(&length.to_be_bytes());
}

/// Pads with zeros to a multiple of 4. Everything in a packet begins at a multiple of 4,
/// so the packet's length determines the padding.
pub(crate) fn pad(out: &mut Vec<u8>) {
    out.resize(out.len().next_multiple_of(4), 0);
}

/// Shows `[a, b, c]`.
pub(crate) fn show_list<T: fmt::Display>(list: &[T], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.write_str("[")?;
    for (index, item) in list.iter().enumerate() {
        let separator = if index > 0 { ", " } else { "" };
        write!(f, "{separator}{item}")?;
    }
    f.write_str("]")
}
