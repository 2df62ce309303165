//! Chunks of types that this crate does not know.

use std::fmt;

use bytes::Bytes;

use crate::field::{Fields, Row};

/// A chunk that is kept undecoded.
///
/// What a receiver does with it depends on the two highest bits of its type
/// (RFC 9260, section 3.2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unknown {
    /// Type number of the chunk.
    pub number: u8,
    /// Flags of the chunk.
    pub flags: u8,
    /// Value of the chunk, without header and padding.
    pub value: Bytes,
}

impl Fields for Unknown {
    const FIELDS: &'static [Row<Self>] = &[
        Row::number("type", "the number of its type", |it| it.number.into()),
        Row::number("flags", "its flags", |it| it.flags.into()),
        Row::bytes("value", "its value", |it| it.value.clone()),
    ];
}

impl fmt::Display for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (number, flags, len) = (self.number, self.flags, self.value.len());
        write!(f, "type {number} flags={flags:#04x} len={len}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Chunk;
    use crate::chunk::assert_on_the_wire;

    #[test]
    fn kept_as_it_came() {
        assert_on_the_wire(
            &[99, 0x81, 0, 7, 1, 2, 3, 0],
            Chunk::Unknown(Unknown {
                number: 99,
                flags: 0x81,
                value: vec![1, 2, 3].into(),
            }),
            "type 99 flags=0x81 len=3",
        );
    }
}
