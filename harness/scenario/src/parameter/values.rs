//! The values of a parameter in a scenario: `100ms`, `1..50`, or `[1, 5..9]`.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::range;
use crate::diagnostic::Problems;
use crate::read::Read;
use crate::yaml::{Node, Value};

/// One value, a range, or a list of values and ranges. Never empty.
pub(crate) struct ValuesForm(pub(crate) Vec<String>);

impl Read for ValuesForm {
    fn read(node: &Node, problems: &mut Problems<'_>) -> Option<Self> {
        let values = match &node.value {
            Value::Scalar(_) => read_one(node, problems)?,
            Value::List(items) => {
                let read = items.iter().map(|item| read_one(item, problems));
                // Collected first, so that all mistakes are noted.
                let read: Vec<_> = read.collect();
                read.into_iter().collect::<Option<Vec<_>>>()?.concat()
            }
            Value::Map(_) => {
                problems
                    .add(node.span, "expected values, found a map", "not values")
                    .help(
                        "write a value, a list such as `[50ms, 100ms]` or a range such as `1..50`",
                    );
                return None;
            }
        };
        if values.is_empty() {
            problems
                .add(node.span, "this parameter has no value", "none")
                .help("write at least one");
            return None;
        }
        if let Some(twice) = twice(&values) {
            problems
                .add(
                    node.span,
                    format!("`{twice}` is given twice"),
                    "one value, twice",
                )
                .help("keep one of the two");
            return None;
        }
        Some(Self(values))
    }
}

fn read_one(node: &Node, problems: &mut Problems<'_>) -> Option<Vec<String>> {
    let text = match &node.value {
        Value::Scalar(text) if !text.is_empty() => text,
        _ => {
            let message = format!("expected a value, found {}", node.found());
            problems.add(node.span, message, "not a value");
            return None;
        }
    };
    match range::values(text) {
        None => Some(vec![text.clone()]),
        Some(Ok(values)) => Some(values),
        Some(Err(why)) => {
            problems
                .add(node.span, why, "this range")
                .help("a range is `1..50`, or with a step `0%..5% by 1%`");
            None
        }
    }
}

fn twice(values: &[String]) -> Option<&String> {
    let mut sorted: Vec<&String> = values.iter().collect();
    sorted.sort();
    let pair = sorted.windows(2).find(|pair| pair[0] == pair[1])?;
    Some(pair[0])
}

impl JsonSchema for ValuesForm {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "parameter-values".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let one = serde_json::json!({"type": ["string", "number", "boolean"]});
        json_schema!({
            "description": "One value, a range such as `1..50` or `0%..5% by 1%`, or a list of \
                            such; a run takes the first, and `sctp-lab sweep` all.",
            "anyOf": [one, {"type": "array", "minItems": 1, "items": one}],
            "examples": ["1..50"],
        })
    }
}
