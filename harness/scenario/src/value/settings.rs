//! The map with new values of fields, for packets that are changed on the way.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::hexadecimal;
use crate::diagnostic::{Problems, Spanned};
use crate::read::{Read, Word, Wrong};
use crate::yaml::{Node, Value, shortened};

/// New values of fields, by the fields' names.
pub(crate) struct Settings(pub(crate) Vec<NewValue>);

/// The new value of one field.
pub(crate) struct NewValue {
    pub(crate) field: Spanned<String>,
    pub(crate) value: Spanned<FieldNumber>,
}

/// The new value of a field as a number. The flags `true` and `false` are 1 and 0.
#[derive(Clone, Copy)]
pub(crate) struct FieldNumber(pub(crate) u32);

impl Read for Settings {
    fn read(node: &Node, problems: &mut Problems<'_>) -> Option<Self> {
        let entries = match &node.value {
            Value::Map(entries) if !entries.is_empty() => entries,
            _ => {
                let message = format!("expected fields and their values, found {}", node.found());
                problems
                    .add(node.span, message, "no fields")
                    .help("write a map from names of fields to numbers: `{a-rwnd: 0}`");
                return None;
            }
        };
        let values = entries.iter().map(|(field, node)| {
            Some(NewValue {
                field: field.clone(),
                value: Spanned {
                    value: FieldNumber::read(node, problems)?,
                    span: node.span,
                },
            })
        });
        // Collected first, so that all mistakes are noted.
        let values: Vec<_> = values.collect();
        values.into_iter().collect::<Option<_>>().map(Self)
    }
}

impl Word for FieldNumber {
    const EXPECTED: &'static str = "a number, `true` or `false`";

    fn parse(text: &str) -> Result<Self, Wrong> {
        let number = match (text, text.strip_prefix("0x")) {
            ("true", _) => Some(1),
            ("false", _) => Some(0),
            (_, Some(digits)) => hexadecimal::number(digits),
            (decimal, None) => decimal.parse().ok(),
        };
        number.map(Self).ok_or_else(|| {
            Wrong::new(
                format!("`{}` is no number of 32 bits", shortened(text)),
                "write it in decimal, or in hexadecimal such as `0x2e`",
            )
        })
    }
}

impl JsonSchema for Settings {
    fn schema_name() -> Cow<'static, str> {
        "settings".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "New values of fields, by the fields' names.",
            "examples": ["{outbound-streams: 1}", "{verification-tag: 0}", "{u: true}"],
            "type": "object",
            "minProperties": 1,
            "additionalProperties": {"type": ["string", "integer", "boolean"]},
        })
    }
}
