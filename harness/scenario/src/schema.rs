use schemars::generate::SchemaSettings;
use serde_json::Value;

use crate::file::File;

/// The JSON Schema of scenario files, for editors: draft 7, which
/// yaml-language-server speaks. It ends with a line feed.
#[must_use]
pub fn schema() -> String {
    let mut schema = schema_value();
    document::show_examples(&mut schema);
    format!("{schema:#}\n")
}

/// The schema with an `x-example`, in YAML, at each map.
pub(crate) fn schema_value() -> Value {
    let generator = SchemaSettings::draft07().into_generator();
    let mut schema = generator.into_root_schema_for::<File>();
    schema.insert("title".to_owned(), "sctp-lab scenario".into());
    schema.to_value()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use jsonschema::Validator;
    use serde_json::json;

    use super::*;
    use crate::diagnostic::Problems;
    use crate::parse::SCENARIO;
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
