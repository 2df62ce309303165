//! Registries of named numbers.

use crate::cause::CauseCode;
use crate::parameter::{AddressType, HmacId, ParameterType, ReconfigResult};
use crate::{ChunkType, kebab};

/// A registry of named numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Registry {
    /// Chunk types (RFC 9260, section 3.2).
    Chunks,
    /// Parameter types (RFC 9260, section 3.3.2.1).
    Parameters,
    /// Error cause codes (RFC 9260, section 3.3.10).
    Causes,
    /// Address types (RFC 9260, section 3.3.2.1.5).
    Addresses,
    /// HMAC identifiers (RFC 4895, section 3.3).
    Hmacs,
    /// Results of a re-configuration (RFC 6525, section 4.4).
    Results,
}

impl Registry {
    /// The number of a name, or the number itself in digits. In a name, upper and lower
    /// case are equal, as are blanks and dashes.
    #[must_use]
    pub fn number_of(self, name: &str) -> Option<u32> {
        let word = kebab(name);
        let named = self.all().into_iter().find(|(_, name)| *name == word);
        // `parse` would accept a sign.
        let number = || name.parse().ok().filter(|_| !name.starts_with('+'));
        named.map_or_else(number, |(number, _)| Some(number))
    }

    /// The name of a number, in lower case with dashes.
    #[must_use]
    pub fn name_of(self, number: u32) -> Option<String> {
        let mut all = self.all().into_iter();
        all.find(|(known, _)| *known == number)
            .map(|(_, name)| name)
    }

    /// All names with their numbers.
    #[must_use]
    pub fn all(self) -> Vec<(u32, String)> {
        let named = |kinds: &[(u16, &str)]| {
            let named = kinds
                .iter()
                .map(|(number, name)| (u32::from(*number), kebab(name)));
            named.collect()
        };
        match self {
            Self::Chunks => ChunkType::ALL
                .iter()
                .map(|kind| (kind.number().into(), kebab(&kind.to_string())))
                .collect(),
            Self::Parameters => named(ParameterType::NAMES),
            Self::Causes => named(CauseCode::NAMES),
            Self::Addresses => [AddressType::IPV4, AddressType::IPV6, AddressType::HOST_NAME]
                .map(|kind| (kind.0.into(), kebab(&kind.to_string())))
                .into(),
            Self::Hmacs => [HmacId::SHA1, HmacId::SHA256]
                .map(|id| (id.0.into(), kebab(&id.to_string())))
                .into(),
            Self::Results => ReconfigResult::ALL
                .map(|result| (result.0, kebab(&result.to_string())))
                .into(),
        }
    }

    pub(super) fn what(self) -> &'static str {
        match self {
            Self::Chunks => "chunk type",
            Self::Parameters => "parameter",
            Self::Causes => "error cause",
            Self::Addresses => "address type",
            Self::Hmacs => "HMAC",
            Self::Results => "result",
        }
    }

    pub(crate) fn expected(self) -> &'static str {
        match self {
            Self::Chunks => "a chunk type such as `ASCONF`, or its number",
            Self::Parameters => "a parameter such as `state-cookie`, or its number",
            Self::Causes => "an error cause such as `stale-cookie`, or its number",
            Self::Addresses => "`ipv4`, `ipv6` or `host-name`",
            Self::Hmacs => "`sha-1` or `sha-256`",
            Self::Results => "a result such as `performed` or `denied`, or its number",
        }
    }
}
