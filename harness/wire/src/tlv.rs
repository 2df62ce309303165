//! Values with a type and a length in front: parameters and error causes.
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

use std::fmt;

use bytes::Bytes;

use crate::cursor::Cursor;
use crate::{DecodeError, Expected};

/// Bytes of a type and a length.
pub(crate) const HEADER: usize = 4;

/// What can stand behind a type and a length.
pub(crate) trait Value: Sized {
    /// Reads the value; the caller checks that nothing is left over.
    fn decode(cursor: &mut Cursor<'_>) -> Result<Self, DecodeError>;

    /// Appends the value, without padding behind it.
    fn encode(&self, out: &mut Vec<u8>);

    /// Shows the value behind its name, with whatever stands between them.
    fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result;
}

/// One that knows its type: a parameter or a cause.
pub(crate) trait Tlv: Sized {
    /// Its name in errors.
    fn name(number: u16) -> &'static str;

    /// Reads the value of the given type.
    fn decode_value(number: u16, cursor: &mut Cursor<'_>) -> Result<Self, DecodeError>;

    fn number(&self) -> u16;

    fn encode_value(&self, out: &mut Vec<u8>);
}

/// Reads one, and the padding behind it as far as it is there.
pub(crate) fn decode_one<T: Tlv>(cursor: &mut Cursor<'_>) -> Result<T, DecodeError> {
    let number = cursor.u16()?;
    let mut value = decode_length(cursor, T::name(number))?;
    let tlv = T::decode_value(number, &mut value)?;
    value.finish()?;
    cursor.align_leniently();
    Ok(tlv)
}

/// Reads a length behind a type, and gives the value that it covers.
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

/// Reads all that are left.
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

/// Appends one, without padding behind it.
pub(crate) fn encode_one<T: Tlv>(tlv: &T, out: &mut Vec<u8>) {
    let start = out.len();
    out.extend(tlv.number().to_be_bytes());
    out.extend([0; 2]);
    tlv.encode_value(out);
    write_length(out, start);
}

/// Appends all, with padding between them and none behind the last: it does not
/// count to the chunk's length (RFC 9260, section 3.2).
pub(crate) fn encode_all<T: Tlv>(all: &[T], out: &mut Vec<u8>) {
    for tlv in all {
        pad(out);
        encode_one(tlv, out);
    }
}

/// Fills in the length of what began at `start`, two bytes behind its start.
pub(crate) fn write_length(out: &mut [u8], start: usize) {
    let length = u16::try_from(out.len() - start).unwrap_or(u16::MAX);
    out[start + 2..start + HEADER].copy_from_slice(&length.to_be_bytes());
}

/// Pads with zeros to a multiple of 4. Everything in a packet begins at one, so
/// that the packet's length is the measure.
pub(crate) fn pad(out: &mut Vec<u8>) {
    out.resize(out.len().next_multiple_of(4), 0);
}

impl Value for () {
    fn decode(_: &mut Cursor<'_>) -> Result<Self, DecodeError> {
        Ok(())
    }

    fn encode(&self, _: &mut Vec<u8>) {}

    fn show(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        Ok(())
    }
}

impl Value for u32 {
    fn decode(cursor: &mut Cursor<'_>) -> Result<Self, DecodeError> {
        cursor.u32()
    }

    fn encode(&self, out: &mut Vec<u8>) {
        out.extend(self.to_be_bytes());
    }

    fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "={self}")
    }
}

impl Value for Bytes {
    fn decode(cursor: &mut Cursor<'_>) -> Result<Self, DecodeError> {
        Ok(cursor.rest())
    }

    fn encode(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self);
    }

    fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, " len={}", self.len())
    }
}

/// Implements [`Value`] for a list of numbers that fills the value.
macro_rules! list_value {
    ($item:ty, $read:ident, $from:expr, $number:expr) => {
        impl crate::tlv::Value for Vec<$item> {
            fn decode(cursor: &mut crate::cursor::Cursor<'_>) -> Result<Self, crate::DecodeError> {
                let mut list = Vec::new();
                while !cursor.is_empty() {
                    list.push($from(cursor.$read()?));
                }
                Ok(list)
            }

            fn encode(&self, out: &mut Vec<u8>) {
                for item in self {
                    out.extend($number(*item).to_be_bytes());
                }
            }

            fn show(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("=")?;
                crate::tlv::show_list(self, f)
            }
        }
    };
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

/// Makes, from one table, an enum of all values with a type and a length, and
/// the newtype of their type numbers.
macro_rules! tlv_table {
    (
        $(#[$enum_doc:meta])* $enum:ident, $(#[$type_doc:meta])* $type:ident, $unknown:literal;
        $($(#[$doc:meta])* $variant:ident($value:ty) = $constant:ident $number:literal, $name:literal;)*
    ) => {
        $(#[$enum_doc])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum $enum {
            $($(#[$doc])* $variant($value),)*
            /// One that has no variant of its own.
            Unknown {
                /// Its type number.
                number: u16,
                /// Its value, without type, length and padding.
                value: bytes::Bytes,
            },
        }

        $(#[$type_doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $type(pub u16);

        impl $type {
            $(#[doc = concat!("The number of ", $name, ".")] pub const $constant: Self = Self($number);)*
        }

        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                match self.0 {
                    $($number => f.write_str($name),)*
                    number => write!(f, concat!($unknown, " {:#06x}"), number),
                }
            }
        }

        impl $enum {
            /// Its type number.
            #[must_use]
            pub fn kind(&self) -> $type {
                match self {
                    $(Self::$variant(_) => $type::$constant,)*
                    Self::Unknown { number, .. } => $type(*number),
                }
            }
        }

        impl crate::tlv::Tlv for $enum {
            fn name(number: u16) -> &'static str {
                match number {
                    $($number => $name,)*
                    _ => $unknown,
                }
            }

            fn decode_value(
                number: u16,
                cursor: &mut crate::cursor::Cursor<'_>,
            ) -> Result<Self, crate::DecodeError> {
                Ok(match number {
                    $($number => Self::$variant(crate::tlv::Value::decode(cursor)?),)*
                    _ => Self::Unknown { number, value: cursor.rest() },
                })
            }

            fn number(&self) -> u16 {
                self.kind().0
            }

            fn encode_value(&self, out: &mut Vec<u8>) {
                match self {
                    $(Self::$variant(value) => crate::tlv::Value::encode(value, out),)*
                    Self::Unknown { value, .. } => out.extend_from_slice(value),
                }
            }
        }

        impl std::fmt::Display for $enum {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.kind().fmt(f)?;
                match self {
                    $(Self::$variant(value) => crate::tlv::Value::show(value, f),)*
                    Self::Unknown { value, .. } => crate::tlv::Value::show(value, f),
                }
            }
        }
    };
}

pub(crate) use {list_value, tlv_table};
