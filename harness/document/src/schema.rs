//! Parts of JSON Schemas: examples for editors, and the macro `inline_schema!` for words.

use serde_json::Value;

/// Appends each `x-example` of a schema to the description, where editors show it.
pub fn show_examples(schema: &mut Value) {
    match schema {
        Value::Object(fields) => {
            let example = fields.remove("x-example");
            if let (Some(Value::String(example)), Some(Value::String(description))) =
                (example, fields.get_mut("description"))
            {
                description.push_str(&format!("\n\nExample: `{example}`"));
            }
            fields.values_mut().for_each(show_examples);
        }
        Value::Array(items) => items.iter_mut().for_each(show_examples),
        _ => {}
    }
}

/// Implements `schemars::JsonSchema` for a word by an inline schema: its type, its name,
/// and the schema as JSON.
#[macro_export]
macro_rules! inline_schema {
    ($type:ident, $name:literal, $schema:tt) => {
        impl schemars::JsonSchema for $type {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> std::borrow::Cow<'static, str> {
                $name.into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!($schema)
            }
        }
    };
}
