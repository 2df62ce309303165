use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};

use crate::diagnostic::Problems;
use crate::read::{Read, Short, Shortly};
use crate::yaml::Node;

/// A map of which one key is often all, and whose value may be a list: then it stands
/// alone, so that `emit: [data, sack]` is `emit: {chunks: [data, sack]}`.
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
