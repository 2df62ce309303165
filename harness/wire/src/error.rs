//! The error of the decoders.

use std::fmt;

/// Bytes that could not be decoded.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{what} at byte {offset}: expected {expected}")]
pub struct DecodeError {
    /// The innermost thing that was being decoded, such as `SACK chunk`.
    pub what: &'static str,
    /// Offset of the error, in bytes from the start of the decoded slice; never greater
    /// than the slice's length.
    pub offset: usize,
    /// What the decoder expected there.
    pub expected: Expected,
}

/// What a decoder expected at the offset of a [`DecodeError`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// More bytes than there are.
    Bytes {
        /// Bytes of the next field.
        needed: usize,
        /// Bytes that are left.
        left: usize,
    },
    /// A length field that at least covers its own header.
    LengthOfAtLeast {
        /// The smallest valid length, in bytes.
        least: usize,
        /// The length that was found, in bytes.
        found: usize,
    },
    /// The end: the last field has been read.
    End {
        /// Bytes that are left over.
        left: usize,
    },
    /// One of certain values.
    Value {
        /// Name of the field, and its valid values.
        field: &'static str,
        /// The value that was found.
        found: u32,
    },
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bytes { needed, left } => write!(f, "{needed} more bytes, found {left}"),
            Self::LengthOfAtLeast { least, found } => {
                write!(f, "a length of at least {least}, found {found}")
            }
            Self::End { left } => write!(f, "its end, found {left} more bytes"),
            Self::Value { field, found } => write!(f, "{field}, found {found}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_read_as_one_lower_case_line() {
        let error = DecodeError {
            what: "SACK chunk",
            offset: 24,
            expected: Expected::Bytes { needed: 4, left: 2 },
        };
        assert_eq!(
            error.to_string(),
            "SACK chunk at byte 24: expected 4 more bytes, found 2"
        );
    }
}
