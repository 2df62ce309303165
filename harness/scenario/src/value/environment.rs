//! Environment variables of a program: `{LOG_LEVEL: debug}`.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use crate::diagnostic::Problems;
use crate::read::Read;
use crate::value::Text;
use crate::yaml::{Node, Value, shortened};

/// The variables of a program's environment, in the order of the file.
pub(crate) struct EnvironmentForm {
    variables: Vec<(String, String)>,
    /// Whether some variables were wrong, and are left out.
    broken: bool,
}

impl EnvironmentForm {
    /// All variables; `None` if some were wrong.
    pub(crate) fn all(&self) -> Option<Vec<(String, String)>> {
        (!self.broken).then(|| self.variables.clone())
    }
}

impl Read for EnvironmentForm {
    fn read(node: &Node, problems: &mut Problems<'_>) -> Option<Self> {
        let Value::Map(entries) = &node.value else {
            let message = format!("expected variables, found {}", node.found());
            problems
                .add(node.span, message, "not a map")
                .help("write them as `{NAME: value}`");
            return None;
        };
        let variables: Vec<(String, String)> = entries
            .iter()
            .filter_map(|(key, value)| {
                let is_good = |c: char| c.is_ascii_alphanumeric() || c == '_';
                let begins_well = !key.value.starts_with(|c: char| c.is_ascii_digit());
                if key.value.is_empty() || !begins_well || !key.value.chars().all(is_good) {
                    let message =
                        format!("`{}` is not the name of a variable", shortened(&key.value));
                    problems
                        .add(key.span, message, "this name")
                        .help("it has letters, digits and `_`, such as `LOG_LEVEL`");
                    return None;
                }
                let value = Text::read(value, problems)?;
                Some((key.value.clone(), value.0))
            })
            .collect();
        Some(Self {
            broken: variables.len() < entries.len(),
            variables,
        })
    }
}

impl JsonSchema for EnvironmentForm {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "environment".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "object",
            "propertyNames": {"pattern": "^[A-Za-z_][A-Za-z0-9_]*$"},
            "additionalProperties": {"type": ["string", "number", "boolean"]},
            "x-example": "{LOG_LEVEL: debug}",
        })
    }
}
