//! Parameters of chunk authentication (RFC 4895, section 3).

use std::fmt;

use crate::ChunkType;
use crate::tlv::list_value;

/// HMAC identifier (RFC 4895, section 3.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HmacId(pub u16);

impl HmacId {
    /// HMAC with SHA-1, 20 bytes.
    pub const SHA1: Self = Self(1);
    /// HMAC with SHA-256, 32 bytes.
    pub const SHA256: Self = Self(3);

    /// Length of the HMAC in bytes; `None` for an unknown algorithm.
    #[must_use]
    pub const fn length(self) -> Option<usize> {
        match self {
            Self::SHA1 => Some(20),
            Self::SHA256 => Some(32),
            Self(_) => None,
        }
    }
}

impl fmt::Display for HmacId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::SHA1 => f.write_str("SHA-1"),
            Self::SHA256 => f.write_str("SHA-256"),
            Self(number) => number.fmt(f),
        }
    }
}

list_value!(HmacId, u16, HmacId, |id: HmacId| id.0);
list_value!(ChunkType, u8, ChunkType::from, ChunkType::number);
