use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use crate::diagnostic::Problems;
use crate::read::{Word, Wrong, suggestion};
use crate::yaml::shortened;

/// A type of chunk, by its RFC's name.
#[derive(Clone, Copy, PartialEq)]
pub(crate) struct ChunkType(&'static str);

/// The names in the registry of chunk types, as RFC 9260 section 3.2 and the
/// extensions write them (RFC 3758, 4820, 4895, 5061, 6525, 8260).
const NAMES: [&str; 23] = [
    "DATA",
    "INIT",
    "INIT ACK",
    "SACK",
    "HEARTBEAT",
    "HEARTBEAT ACK",
    "ABORT",
    "SHUTDOWN",
    "SHUTDOWN ACK",
    "ERROR",
    "COOKIE ECHO",
    "COOKIE ACK",
    "ECNE",
    "CWR",
    "SHUTDOWN COMPLETE",
    "AUTH",
    "I-DATA",
    "ASCONF-ACK",
    "RE-CONFIG",
    "PAD",
    "FORWARD TSN",
    "ASCONF",
    "I-FORWARD-TSN",
];

impl ChunkType {
    /// The name in lower case with dashes.
    pub(crate) fn word(self) -> String {
        kebab(self.0)
    }

    /// Whether chunks of this type carry user data, each with a TSN.
    pub(crate) fn has_tsn(self) -> bool {
        matches!(self.0, "DATA" | "I-DATA")
    }
}

fn kebab(name: &str) -> String {
    name.to_ascii_lowercase().replace([' ', '_'], "-")
}

impl Word for ChunkType {
    const EXPECTED: &'static str = "a chunk type such as `DATA` or `HEARTBEAT ACK`";

    fn parse(text: &str) -> Result<Self, Wrong> {
        let word = kebab(text);
        if let Some(name) = NAMES.iter().find(|name| kebab(name) == word) {
            return Ok(Self(name));
        }
        let upper = word.to_ascii_uppercase();
        let likely = suggestion(&upper, NAMES, &Problems::new(""));
        Err(Wrong::new(
            format!("`{}` is not a chunk type", shortened(text)),
            match likely {
                Some(likely) => format!("did you mean `{likely}`?"),
                None => format!("the types are {}", NAMES.join(", ")),
            },
        ))
    }
}

impl JsonSchema for ChunkType {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "chunk-type".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let either_case: Vec<String> = NAMES.into_iter().map(kebab).collect();
        json_schema!({
            "description": "A type of chunk by its RFC's name, in any case, with space or dash.",
            "examples": ["DATA", "HEARTBEAT ACK", "cookie-echo"],
            "anyOf": [
                {"enum": NAMES},
                {"enum": either_case},
                {"type": "string", "pattern": "^[A-Za-z][A-Za-z _-]+$"},
            ],
        })
    }
}
