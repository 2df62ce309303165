//! Maps that may be written as the value of their main key, even if it is a list.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};

use crate::diagnostic::Problems;
use crate::read::{Read, Short, Shortly};
use crate::yaml::Node;

/// A map that often has only its main key. The value of that key, which may be a list, may
/// stand for the whole map: `emit: [data, sack]` is `emit: {chunks: [data, sack]}`.
pub(crate) struct Listed<T>(pub(crate) T);

impl<T: Short> Read for Listed<T> {
    fn read(node: &Node, problems: &mut Problems<'_>) -> Option<Self> {
        Shortly::read(node, problems).map(|it| Self(it.0))
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
        let mut schema = Shortly::<T>::json_schema(generator);
        schema.insert(
            "type".to_owned(),
            serde_json::json!(["object", "string", "array"]),
        );
        schema
    }
}
