use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};

use crate::diagnostic::{Problems, Spanned};
use crate::read::{Read, Short};
use crate::yaml::{Node, Value};

/// A map of which one key is often all, and whose value may be a list: then it stands
/// alone, so that `emit: [data, sack]` is `emit: {chunks: [data, sack]}`.
pub(crate) struct Listed<T>(pub(crate) T);

impl<T: Short> Read for Listed<T> {
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

impl<T: JsonSchema> JsonSchema for Listed<T> {
    fn inline_schema() -> bool {
        T::inline_schema()
    }

    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        // What is said of keys is said of objects only.
        let mut schema = T::json_schema(generator);
        schema.insert(
            "type".to_owned(),
            serde_json::json!(["object", "string", "array"]),
        );
        schema
    }
}
