//! The values `true` and `false`.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use crate::read::{Word, Wrong};
use crate::yaml::shortened;

/// Yes or no.
#[derive(Clone, Copy)]
pub struct Boolean(pub bool);

impl Word for Boolean {
    const EXPECTED: &'static str = "`true` or `false`";

    fn parse(text: &str) -> Result<Self, Wrong> {
        let likely = match text {
            "true" => return Ok(Self(true)),
            "false" => return Ok(Self(false)),
            "no" | "off" | "0" | "False" | "FALSE" => "`false`",
            "yes" | "on" | "1" | "True" | "TRUE" => "`true`",
            _ => Self::EXPECTED,
        };
        Err(Wrong::new(
            format!("`{}` is neither true nor false", shortened(text)),
            format!("write {likely}"),
        ))
    }
}

impl JsonSchema for Boolean {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "boolean".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "boolean"})
    }
}
