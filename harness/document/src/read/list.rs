//! Lists, and lists of one item that may be written as the item alone.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::Read;
use crate::diagnostic::{Problems, Spanned};
use crate::yaml::{Node, Value};

/// A list. Wrong items have been noted and are left out.
pub struct List<T> {
    /// The items that could be read, in the order of the file.
    pub items: Vec<Spanned<T>>,
    /// Whether items were left out.
    pub broken: bool,
}

impl<T> Default for List<T> {
    fn default() -> Self {
        Self {
            items: Vec::new(),
            broken: false,
        }
    }
}

impl<T: Read> Read for List<T> {
    fn read(node: &Node, problems: &mut Problems<'_>) -> Option<Self> {
        let Value::List(nodes) = &node.value else {
            let message = format!("expected a list, found {}", node.found());
            problems
                .add(node.span, message, "not a list")
                .help("write `[one, two]`, or one item a line, each after `- `");
            return None;
        };
        Some(items_of(nodes, problems))
    }
}

fn items_of<T: Read>(nodes: &[Node], problems: &mut Problems<'_>) -> List<T> {
    let mut list = List::default();
    for node in nodes {
        match T::read(node, problems) {
            Some(value) => list.items.push(Spanned {
                value,
                span: node.span,
            }),
            None => list.broken = true,
        }
    }
    list
}

impl<T: JsonSchema> JsonSchema for List<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("list-of-{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "array", "items": generator.subschema_for::<T>()})
    }
}

/// A list, or one item standing for a list of one.
pub struct OneOrMany<T>(pub List<T>);

impl<T: Read> Read for OneOrMany<T> {
    fn read(node: &Node, problems: &mut Problems<'_>) -> Option<Self> {
        let nodes = match &node.value {
            Value::List(nodes) => nodes,
            _ => std::slice::from_ref(node),
        };
        if nodes.is_empty() {
            problems.add(node.span, "this list is empty", "at least one is needed");
        }
        Some(Self(items_of(nodes, problems)))
    }
}

impl<T: JsonSchema> JsonSchema for OneOrMany<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("one-or-many-{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let one = generator.subschema_for::<T>();
        json_schema!({"anyOf": [one, {"type": "array", "minItems": 1, "items": one}]})
    }
}
