//! Chunk types, such as `DATA` or `type-99`.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use crate::diagnostic::Problems;
use crate::read::{Word, Wrong, suggestion};
use crate::yaml::shortened;

/// A chunk type, by its name in an RFC, or by its number.
#[derive(Clone, Copy, PartialEq)]
pub(crate) struct ChunkType(pub(crate) wire::ChunkType);

/// The names of all chunk types, as the RFCs write them.
fn names() -> Vec<&'static str> {
    let all = wire::ChunkType::ALL.iter();
    all.filter_map(|kind| kind.name()).collect()
}

impl ChunkType {
    /// Whether chunks of this type carry user data, each with a TSN.
    pub(crate) fn has_tsn(self) -> bool {
        self.0.field("tsn").is_some()
    }
}

impl Word for ChunkType {
    const EXPECTED: &'static str = "a chunk type such as `DATA` or `HEARTBEAT ACK`";

    fn parse(text: &str) -> Result<Self, Wrong> {
        if let Ok(kind) = text.parse() {
            return Ok(Self(kind));
        }
        let upper = text.to_ascii_uppercase();
        let likely = suggestion(&upper, names(), &Problems::new(""));
        Err(Wrong::new(
            format!("`{}` is not a chunk type", shortened(text)),
            match likely {
                Some(likely) => format!("did you mean `{likely}`?"),
                None => format!("the types are {}", names().join(", ")),
            },
        ))
    }
}

impl JsonSchema for ChunkType {
    fn schema_name() -> Cow<'static, str> {
        "chunk-type".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let all = wire::ChunkType::ALL.iter();
        let lower_case: Vec<_> = all.filter_map(|kind| kind.kebab_name()).collect();
        json_schema!({
            "description": "A type of chunk by its RFC's name, in any case, with space or dash; \
                            one that has no name by its number, such as `type-99`.",
            "examples": ["DATA", "HEARTBEAT ACK", "cookie-echo"],
            "anyOf": [
                {"enum": names()},
                {"enum": lower_case},
                {"type": "string", "pattern": "^[A-Za-z][A-Za-z0-9 _-]+$"},
            ],
        })
    }
}
