//! The kinds of items: chunks, parameters and error causes, by type.

use std::fmt;

use crate::field::Registry;
use crate::{ChunkType, cause::CauseCode, kebab, parameter::ParameterType};

/// Type of the parameter in HEARTBEAT and HEARTBEAT ACK chunks (RFC 9260, section 3.3.5).
/// No other chunk has it.
pub(super) const HEARTBEAT_INFO: u16 = 1;

/// The kind of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A chunk of this type.
    Chunk(ChunkType),
    /// A parameter of this type.
    Parameter(u16),
    /// An error cause of this code.
    Cause(u16),
}

/// The kind of a list of items.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// Chunks.
    Chunks,
    /// Parameters.
    Parameters,
    /// Error causes.
    Causes,
}

impl Family {
    /// The kind with this name: `init-ack`, `type-99`; `state-cookie`, `0xc0cc`;
    /// `stale-cookie`, `13`. Upper and lower case are equal, as are blanks and dashes.
    #[must_use]
    pub fn kind(self, name: &str) -> Option<Kind> {
        let number = || {
            let hexadecimal = name.strip_prefix("0x");
            let (digits, radix) = hexadecimal.map_or((name, 10), |digits| (digits, 16));
            // `from_str_radix` would accept a sign.
            let unsigned = !digits.starts_with('+');
            u16::from_str_radix(digits, radix).ok().filter(|_| unsigned)
        };
        let coded = |registry: Registry| {
            let code = registry.number_of(name).and_then(|it| it.try_into().ok());
            code.or_else(number)
        };
        match self {
            Self::Chunks => {
                let numbered = || number().and_then(|it| u8::try_from(it).ok());
                let named = name.parse().ok();
                named
                    .or_else(|| numbered().map(ChunkType::from))
                    .map(Kind::Chunk)
            }
            Self::Parameters if kebab(name) == "heartbeat-info" => {
                Some(Kind::Parameter(HEARTBEAT_INFO))
            }
            Self::Parameters => coded(Registry::Parameters).map(Kind::Parameter),
            Self::Causes => coded(Registry::Causes).map(Kind::Cause),
        }
    }

    /// The names of all known kinds.
    #[must_use]
    pub fn names(self) -> Vec<String> {
        let registry = match self {
            Self::Chunks => Registry::Chunks,
            Self::Parameters => Registry::Parameters,
            Self::Causes => Registry::Causes,
        };
        registry.all().into_iter().map(|(_, name)| name).collect()
    }

    /// The noun for one of them.
    #[must_use]
    pub fn one(self) -> &'static str {
        match self {
            Self::Chunks => "chunk",
            Self::Parameters => "parameter",
            Self::Causes => "error cause",
        }
    }
}

impl Kind {
    /// The type number on the wire.
    pub(super) fn number(self) -> u16 {
        match self {
            Self::Chunk(kind) => kind.number().into(),
            Self::Parameter(number) | Self::Cause(number) => number,
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Chunk(kind) => kind.fmt(f),
            Self::Parameter(HEARTBEAT_INFO) => f.write_str("Heartbeat Info"),
            Self::Parameter(number) => ParameterType(*number).fmt(f),
            Self::Cause(number) => CauseCode(*number).fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Family;

    #[test]
    fn a_number_has_no_sign() {
        let causes = |name| Family::Causes.kind(name);
        assert!(causes("13").is_some());
        assert_eq!(causes("0xd"), causes("13"));
        for name in ["+13", "0x+d", "-1", "0x"] {
            assert_eq!(causes(name), None, "{name}");
        }
    }
}
