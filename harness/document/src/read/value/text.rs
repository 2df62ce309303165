//! Words for people to read.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use crate::read::{Word, Wrong};

/// Words for people to read.
#[derive(Clone)]
pub struct Text(pub String);

impl Word for Text {
    const EXPECTED: &'static str = "some words";

    fn parse(text: &str) -> Result<Self, Wrong> {
        Ok(Self(text.trim_end().to_owned()))
    }
}

impl JsonSchema for Text {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "text".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string"})
    }
}
