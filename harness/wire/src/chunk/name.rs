//! Chunk types by name.

use std::fmt;
use std::str::FromStr;

use super::ChunkType;

/// A name that belongs to no chunk type.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{name}` is no chunk type; there are {}", known())]
pub struct UnknownChunkName {
    /// The name as it was given.
    pub name: String,
}

fn known() -> String {
    let names: Vec<_> = ChunkType::ALL
        .iter()
        .filter_map(|kind| kind.kebab_name())
        .collect();
    format!("{}, and type-0 to type-255", names.join(", "))
}

impl fmt::Display for ChunkType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name() {
            Some(name) => f.pad(name),
            None => f.pad(&format!("type {}", self.number())),
        }
    }
}

impl FromStr for ChunkType {
    type Err = UnknownChunkName;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let kebab = crate::kebab(name);
        let by_name = || {
            let mut all = Self::ALL.iter();
            all.find(|kind| kind.kebab_name() == Some(&kebab)).copied()
        };
        let by_number = || kebab.strip_prefix("type-")?.parse::<u8>().ok();
        by_name()
            .or_else(|| by_number().map(Self::from))
            .ok_or_else(|| UnknownChunkName { name: name.into() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_is_found_by_its_names_and_number() {
        for &kind in ChunkType::ALL {
            assert_eq!(ChunkType::from(kind.number()), kind);
            assert_eq!(kind.to_string().parse(), Ok(kind));
            assert_eq!(kind.kebab_name().unwrap().parse(), Ok(kind));
            assert_eq!(format!("type-{}", kind.number()).parse(), Ok(kind));
        }
        let unknown = ChunkType::from(99);
        assert_eq!(unknown, ChunkType::Unknown(99));
        assert_eq!(unknown.to_string().parse(), Ok(unknown));
    }

    #[test]
    fn numbers_are_unique_and_in_order() {
        assert!(ChunkType::ALL.is_sorted_by(|a, b| a.number() < b.number()));
    }

    #[test]
    fn unknown_names_are_answered_with_the_known_ones() {
        assert_eq!(
            "cookie".parse::<ChunkType>().unwrap_err().to_string(),
            "`cookie` is no chunk type; there are data, init, init-ack, sack, heartbeat, \
             heartbeat-ack, abort, shutdown, shutdown-ack, error, cookie-echo, cookie-ack, ecne, \
             cwr, shutdown-complete, auth, nr-sack, i-data, asconf-ack, re-config, pad, \
             forward-tsn, asconf, i-forward-tsn, and type-0 to type-255"
        );
    }
}
