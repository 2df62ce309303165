use serde_json::{Map, Value};
use wire::ChunkType;

use crate::assertion::AssertionKinds;
use crate::model::Capability;
use crate::read::OneOf;
use crate::schema::schema_value;
use crate::step::{RuleActions, StepKinds};

/// The reference of the language in Markdown, from the same types as the
/// reader and the schema: a section for each map with its keys, and one for
/// the values.
#[must_use]
pub fn reference() -> String {
    let root = schema_value();
    let mut page = Page {
        definitions: root.get("definitions").and_then(Value::as_object),
        text: String::new(),
    };
    page.map("##", "The file", &root);
    page.definition("###", "A node's settings", "NodeSettings");
    page.definition("###", "A route", "RouteForm");
    page.definition("###", "`sysctl`", "SysctlForm");
    page.definition("###", "A link", "link");
    page.definition("###", "One direction of a link: `from-NODE`", "ShapeForm");
    page.definition("###", "An endpoint", "EndpointForm");
    page.definition("###", "`streams`", "StreamsForm");
    page.definition("###", "`timers`", "TimersForm");
    page.definition("###", "`rto`", "RtoForm");
    page.kinds(
        "Steps",
        "step",
        StepKinds::kinds().iter().map(|kind| kind.key),
    );
    let actions = RuleActions::kinds().iter().map(|kind| kind.key);
    page.kinds("What a rule does: `do`", "action", actions);
    let assertions = AssertionKinds::kinds().iter().map(|kind| kind.key);
    page.kinds("Assertions", "assertion", assertions);
    page.definition("###", "One chunk of a sequence", "LinkInChain");
    page.definition("###", "How many", "BoundsForm");
    page.definition("##", "Sabotages", "SabotageForm");
    page.values();
    page.capabilities();
    page.fields();
    page.text
}

struct Page<'s> {
    definitions: Option<&'s Map<String, Value>>,
    text: String,
}

impl<'s> Page<'s> {
    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    fn definition(&mut self, level: &str, title: &str, name: &str) {
        if let Some(schema) = self.definitions.and_then(|all| all.get(name)) {
            self.map(level, title, schema);
        }
    }

    fn kinds(&mut self, title: &str, name: &str, keys: impl Iterator<Item = &'static str>) {
        self.line(&format!("## {title}\n"));
        if name == StepKinds::WHAT {
            self.line(
                "Beside its kind a step may have words, which `sctp-lab explain` says \
                 before it:\n\n```yaml\n- say: The switch dies, and nobody is told.\n  \
                 cut: {link: path-a}\n```\n",
            );
        }
        let all = self.definitions.and_then(|all| all.get(name));
        for key in keys {
            let schema = all.and_then(|all| all.get("properties")?.get(key));
            if let Some(schema) = schema {
                self.map("###", &format!("`{key}`"), self.resolved(schema));
            }
        }
    }

    /// A heading, what it is, an example, and its keys.
    fn map(&mut self, level: &str, title: &str, schema: &Value) {
        self.line(&format!("{level} {title}\n"));
        self.line(&text_of(schema, "description"));
        let example = text_of(schema, "x-example");
        let key = title.trim_matches('`');
        if example.is_empty() || example.contains('…') {
            self.line("");
        } else if key.len() + 2 == title.len() {
            self.line(&format!("\n```yaml\n{key}: {example}\n```\n"));
        } else {
            self.line(&format!("\n```yaml\n{example}\n```\n"));
        }
        let Some(keys) = schema.get("properties").and_then(Value::as_object) else {
            return;
        };
        self.line("| key | value | |\n|---|---|---|");
        let required: Vec<&str> = schema
            .get("required")
            .and_then(Value::as_array)
            .map(|keys| keys.iter().filter_map(Value::as_str).collect())
            .unwrap_or_default();
        for key in &required {
            if let Some(property) = keys.get(*key) {
                self.row(&format!("**`{key}`**"), property);
            }
        }
        for (key, property) in keys {
            if !required.contains(&key.as_str()) {
                self.row(&format!("`{key}`"), property);
            }
        }
        self.line("");
    }

    fn row(&mut self, key: &str, property: &Value) {
        let value = self.value_of(property);
        let meaning = text_of(property, "description").replace('\n', " ");
        self.line(&format!("| {key} | {value} | {meaning} |"));
    }

    fn values(&mut self) {
        self.line("## Values\n\n| value | is | such as |\n|---|---|---|");
        let all = self.definitions.into_iter().flatten();
        for (name, schema) in all.filter(|(_, schema)| schema.get("examples").is_some()) {
            let examples = schema.get("examples").and_then(Value::as_array);
            let examples: Vec<String> = examples
                .into_iter()
                .flatten()
                .filter_map(Value::as_str)
                .map(|example| format!("`{example}`"))
                .collect();
            let about = text_of(schema, "description").replace('\n', " ");
            self.line(&format!("| {name} | {about} | {} |", examples.join(", ")));
        }
    }

    fn capabilities(&mut self) {
        self.line("\n## Capabilities\n");
        self.line("What a scenario can need.\n\n| capability | |\n|---|---|");
        for capability in Capability::ALL {
            self.line(&format!("| `{capability}` | {} |", capability.about()));
        }
    }

    fn fields(&mut self) {
        self.line("\n## Fields of chunks\n");
        self.line(
            "What can stand in a chunk's `where`. A flag is `true` or `false`; a number is one \
             such as `3`, or a range such as `1..5`, `1..` or `..5`; codes have names, such as \
             `stale-cookie`, and numbers; bytes are hexadecimal, such as `0x0a0b`; a range of gap \
             blocks is written `2-3`.\n",
        );
        self.line("| chunk | field | value | |\n|---|---|---|---|");
        for kind in ChunkType::ALL {
            for (index, field) in kind.fields().iter().enumerate() {
                let chunk = if index == 0 {
                    kind.to_string()
                } else {
                    String::new()
                };
                let many = if field.many { ", any number" } else { "" };
                let (name, kind, about) = (field.name, field.kind, field.about);
                self.line(&format!("| {chunk} | `{name}` | {kind}{many} | {about} |"));
            }
        }
    }

    /// What can stand at a place, in a few words.
    fn value_of(&self, schema: &Value) -> String {
        let many = |key: &str| {
            let all = schema.get(key).and_then(Value::as_array)?;
            let each: Vec<String> = all.iter().map(|one| self.value_of(one)).collect();
            Some(each.join(", or "))
        };
        if let Some(target) = schema.get("$ref").and_then(Value::as_str) {
            return named(target);
        }
        if let Some(words) = schema.get("enum").and_then(Value::as_array) {
            let words: Vec<String> = words.iter().map(code).collect();
            return words.join(", ");
        }
        if let Some(word) = schema.get("const") {
            return code(word);
        }
        if let Some(value) = many("allOf").or_else(|| many("anyOf")) {
            return value;
        }
        match schema.get("type").and_then(Value::as_str) {
            Some("array") => {
                let item = schema.get("items").map(|items| self.value_of(items));
                format!("a list of {}", item.unwrap_or_default())
            }
            Some("integer") => "number".to_owned(),
            Some("boolean") => "`true`, `false`".to_owned(),
            Some("string") if schema.get("pattern").is_some() => "name".to_owned(),
            Some("string") => "text".to_owned(),
            Some("object") => match schema.get("additionalProperties") {
                Some(value) => format!("a map from names, each {}", self.value_of(value)),
                None => "map".to_owned(),
            },
            _ => String::new(),
        }
    }

    fn resolved(&self, schema: &'s Value) -> &'s Value {
        let name = schema.get("$ref").and_then(Value::as_str);
        name.and_then(|name| self.definitions?.get(name.rsplit('/').next()?))
            .unwrap_or(schema)
    }
}

/// `#/definitions/StreamsForm` is "streams".
fn named(target: &str) -> String {
    let name = target.rsplit('/').next().unwrap_or(target);
    match name.strip_suffix("Form") {
        Some("Bounds") => "how many".to_owned(),
        Some(form) => form.to_lowercase(),
        None => name.to_owned(),
    }
}

fn code(word: &Value) -> String {
    format!("`{}`", word.as_str().unwrap_or_default())
}

fn text_of(schema: &Value, key: &str) -> String {
    let text = schema.get(key).and_then(Value::as_str);
    text.unwrap_or_default().to_owned()
}
