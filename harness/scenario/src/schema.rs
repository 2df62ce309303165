//! The JSON Schema of scenario files.

use schemars::generate::SchemaSettings;
use serde_json::{Value, json};

use crate::file::File;
use crate::value::Name;

/// The JSON Schema of scenario files, for editors: draft 7, which
/// yaml-language-server speaks. It ends with a line feed.
#[must_use]
pub fn schema() -> String {
    let mut schema = schema_value();
    document::show_examples(&mut schema);
    allow_parameters(&mut schema);
    format!("{schema:#}\n")
}

/// The schema with an `x-example`, in YAML, at each map.
pub(crate) fn schema_value() -> Value {
    let generator = SchemaSettings::draft07().into_generator();
    let mut schema = generator.into_root_schema_for::<File>();
    schema.insert("title".to_owned(), "sctp-lab scenario".into());
    schema.to_value()
}

/// Name of the definition for `$name`, which stands for a parameter's value.
const PARAMETER: &str = "parameter";

/// Lets `$name` stand wherever one word or number can stand.
fn allow_parameters(schema: &mut Value) {
    let names = Name::PATTERN.trim_start_matches('^');
    each_value(schema, &mut |value| {
        if is_word(value) {
            let word = value.take();
            let description = word["description"].clone();
            let parameter = json!({"$ref": format!("#/definitions/{PARAMETER}")});
            *value = json!({"anyOf": [word, parameter]});
            if !description.is_null() {
                value["description"] = description;
            }
        }
    });
    schema["definitions"][PARAMETER] = json!({
        "description": "The value of a parameter, by its name.",
        "type": "string",
        "pattern": format!("^\\${names}"),
    });
}

/// Calls `visit` with the schema of each value in a map or a list, the innermost first. The
/// values under `parameters` are left out.
fn each_value(schema: &mut Value, visit: &mut dyn FnMut(&mut Value)) {
    let Some(object) = schema.as_object_mut() else {
        return;
    };
    for (key, below) in object {
        match (key.as_str(), below) {
            ("properties", Value::Object(properties)) => {
                for (name, value) in properties {
                    if name != "parameters" {
                        each_value(value, visit);
                        visit(value);
                    }
                }
            }
            ("definitions", Value::Object(definitions)) => {
                let definitions = definitions.values_mut();
                definitions.for_each(|value| each_value(value, visit));
            }
            ("items" | "additionalProperties", value) => {
                each_value(value, visit);
                visit(value);
            }
            ("anyOf" | "oneOf" | "allOf", Value::Array(ways)) => {
                ways.iter_mut().for_each(|way| each_value(way, visit));
            }
            _ => {}
        }
    }
}

/// Whether a schema is that of one word or number, or a reference, which may lead to one.
fn is_word(schema: &Value) -> bool {
    let is_scalar = |kind: &Value| kind != "object" && kind != "array";
    match &schema["type"] {
        Value::Array(kinds) => kinds.iter().all(is_scalar),
        Value::Null => schema.get("enum").is_some() || schema.get("$ref").is_some(),
        kind => is_scalar(kind),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use jsonschema::Validator;

    use super::*;
    use crate::diagnostic::Problems;
    use crate::genre::SCENARIO;
    use crate::yaml::{self, Node};

    fn validator() -> Validator {
        let schema = serde_json::from_str(&schema()).expect("the schema is JSON");
        jsonschema::draft7::new(&schema).expect("it is a schema of draft 7")
    }

    /// A file as an editor sees it, with the types that plain scalars have.
    fn json_of(source: &str) -> Value {
        fn convert(node: &Node) -> Value {
            match &node.value {
                yaml::Value::Scalar(text) => match text.parse::<u64>() {
                    Ok(number) => json!(number),
                    Err(_) if text == "true" || text == "false" => json!(text == "true"),
                    Err(_) => json!(text),
                },
                yaml::Value::List(items) => items.iter().map(convert).collect(),
                yaml::Value::Map(entries) => entries
                    .iter()
                    .map(|(key, value)| (key.value.clone(), convert(value)))
                    .collect(),
            }
        }
        let tree = yaml::load(source, &SCENARIO, &mut Problems::new(source));
        convert(&tree.expect("it is YAML"))
    }

    fn read(file: &str) -> String {
        let path = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../..")
            .join(file);
        std::fs::read_to_string(path).expect("the file is there")
    }

    #[test]
    fn it_allows_what_the_parser_allows() {
        for name in [
            "multihoming-failover",
            "ipv6-failover",
            "one-way-loss",
            "both-paths-down",
        ] {
            let scenario = json_of(&read(&format!("scenarios/{name}.yaml")));
            let errors: Vec<String> = validator()
                .iter_errors(&scenario)
                .map(|error| format!("{}: {error}", error.instance_path()))
                .collect();
            assert!(errors.is_empty(), "{name}: {errors:#?}");
        }
    }

    #[test]
    fn it_refuses_what_has_the_wrong_shape() {
        for name in [
            "unknown-top-level-key",
            "step-unknown-kind",
            "step-two-keys",
            "step-missing-key",
            "step-not-a-map",
            "wait-without-unit",
            "address-without-prefix",
            "endpoint-style",
            "endpoint-port",
            "node-unknown-setting",
            "assertion-unknown-kind",
            "rule",
        ] {
            let scenario = json_of(&read(&format!("tests/bad-scenarios/{name}.yaml")));
            assert!(!validator().is_valid(&scenario), "{name}");
        }
    }
}
