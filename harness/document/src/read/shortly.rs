//! Maps that may be written as the value of their main key alone: `close: client`.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};

use super::Read;
use crate::diagnostic::{Problems, Spanned};
use crate::yaml::{Node, Value};

/// A map whose main key may stand for the whole map: `close: client` is `close:
/// {endpoint: client}`.
pub struct Shortly<T>(pub T);

/// A map that has a short form.
pub trait Short: Read {
    /// The key whose value may stand alone; it is a word.
    const KEY: &'static str;
}

impl<T: Short> Read for Shortly<T> {
    fn read(node: &Node, problems: &mut Problems<'_>) -> Option<Self> {
        if let Value::Map(_) = node.value {
            return T::read(node, problems).map(Self);
        }
        let key = Spanned {
            value: T::KEY.to_owned(),
            span: node.span,
        };
        let whole = Node {
            span: node.span,
            value: Value::Map(vec![(key, node.clone())]),
        };
        T::read(&whole, problems).map(Self)
    }
}

impl<T: JsonSchema> JsonSchema for Shortly<T> {
    fn inline_schema() -> bool {
        T::inline_schema()
    }

    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        // The schema's keywords for keys apply to objects only.
        let mut schema = T::json_schema(generator);
        schema.insert("type".to_owned(), serde_json::json!(["object", "string"]));
        schema
    }
}
