//! The map under `where:` with the wanted values of fields.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use crate::diagnostic::{Problems, Span, Spanned};
use crate::read::Read;
use crate::yaml::{Node, Value};

/// The wanted values of fields: a map from names of fields to values.
pub(crate) struct Where(pub(crate) Vec<Wanted>);

/// The wanted value of one field.
pub(crate) struct Wanted {
    pub(crate) field: Spanned<String>,
    pub(crate) span: Span,
    pub(crate) value: WantedValue,
}

/// A wanted value. A field may have several values of its own.
pub(crate) enum WantedValue {
    /// The field must have this value, among others perhaps.
    One(String),
    /// The field must have exactly these values.
    All(Vec<String>),
}

impl Read for Where {
    fn read(node: &Node, problems: &mut Problems<'_>) -> Option<Self> {
        let entries = match &node.value {
            Value::Map(entries) if !entries.is_empty() => entries,
            _ => {
                let message = format!("expected fields and their values, found {}", node.found());
                problems
                    .add(node.span, message, "no fields")
                    .help("write a map from names of fields to values: `{stream: 3, u: true}`");
                return None;
            }
        };
        let mut wanted = Vec::new();
        for (field, node) in entries {
            wanted.push(Wanted {
                field: field.clone(),
                span: node.span,
                value: WantedValue::read(node, problems)?,
            });
        }
        Some(Self(wanted))
    }
}

impl Read for WantedValue {
    fn read(node: &Node, problems: &mut Problems<'_>) -> Option<Self> {
        let scalar = |node: &Node| match &node.value {
            Value::Scalar(text) if !text.is_empty() => Some(text.clone()),
            _ => None,
        };
        let value = match &node.value {
            Value::List(nodes) => nodes
                .iter()
                .map(scalar)
                .collect::<Option<_>>()
                .map(Self::All),
            _ => scalar(node).map(Self::One),
        };
        if value.is_none() {
            let message = format!("expected the value of a field, found {}", node.found());
            problems
                .add(node.span, message, "not a value")
                .help("write one value, or a list of all that may be there: `[1, 2]`");
        }
        value
    }
}

impl JsonSchema for Where {
    fn schema_name() -> Cow<'static, str> {
        "where".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let one = json_schema!({"type": ["string", "integer", "boolean"]});
        json_schema!({
            "description": "What fields must say, by their names. Where a field can have many \
                            values, a single one must be among them, and a list names all of \
                            them, in any order.",
            "examples": ["{stream: 3, u: true}", "{addresses: [10.0.1.1, 10.0.2.1]}", "{size: 100..200}"],
            "type": "object",
            "minProperties": 1,
            "additionalProperties": {"anyOf": [one, {"type": "array", "items": one}]},
        })
    }
}
