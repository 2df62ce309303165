use serde_json::Value;

/// Puts each `x-example` of a schema where editors show it: behind the
/// description.
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
