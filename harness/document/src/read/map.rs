//! Maps from names to values.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::Read;
use super::value::Name;
use crate::diagnostic::{Problems, Spanned};
use crate::yaml::{Node, Value};

/// A map from names to values, in the order of the file. The map declares the names. A
/// wrong value is `None`, but its name is declared nevertheless.
pub struct Map<T>(pub Vec<(Spanned<Name>, Option<T>)>);

impl<T> Default for Map<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Read> Read for Map<T> {
    fn read(node: &Node, problems: &mut Problems<'_>) -> Option<Self> {
        let Value::Map(entries) = &node.value else {
            let message = format!("expected a map from names, found {}", node.found());
            problems
                .add(node.span, message, "not a map")
                .help("write `name: {…}`, one a line");
            return None;
        };
        let mut map = Self::default();
        for (key, value) in entries {
            let name = Spanned {
                value: Name::declare(&key.value, key.span, problems),
                span: key.span,
            };
            map.0.push((name, T::read(value, problems)));
        }
        Some(map)
    }
}

impl<T: JsonSchema> JsonSchema for Map<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("map-of-{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "object",
            "propertyNames": {"pattern": Name::PATTERN},
            "additionalProperties": generator.subschema_for::<T>(),
        })
    }
}
