//! Causes that have one number.

use std::fmt;

use crate::cursor::Cursor;
use crate::parameter::HmacId;
use crate::tlv::Value;
use crate::{DecodeError, StreamId, Tsn};

impl Value for StreamId {
    fn decode(cursor: &mut Cursor<'_>) -> Result<Self, DecodeError> {
        let stream = cursor.u16()?;
        // Reserved.
        cursor.u16()?;
        Ok(Self(stream))
    }

    fn encode(&self, out: &mut Vec<u8>) {
        out.extend(self.0.to_be_bytes());
        out.extend([0; 2]);
    }

    fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, " sid={self}")
    }
}

impl Value for Tsn {
    fn decode(cursor: &mut Cursor<'_>) -> Result<Self, DecodeError> {
        cursor.u32().map(Self)
    }

    fn encode(&self, out: &mut Vec<u8>) {
        out.extend(self.0.to_be_bytes());
    }

    fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, " tsn={self}")
    }
}

impl Value for HmacId {
    fn decode(cursor: &mut Cursor<'_>) -> Result<Self, DecodeError> {
        cursor.u16().map(Self)
    }

    fn encode(&self, out: &mut Vec<u8>) {
        out.extend(self.0.to_be_bytes());
    }

    fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "={self}")
    }
}
