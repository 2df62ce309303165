//! Values that occur in several parameters and causes.

use std::fmt;

use bytes::Bytes;

use super::Value;
use crate::DecodeError;
use crate::cursor::Cursor;

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

pub(crate) use list_value;
