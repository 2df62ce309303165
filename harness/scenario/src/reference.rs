//! Writes the reference of the scenario language.

mod tables;

use serde_json::{Map, Value};

use crate::assertion::AssertionKinds;
use crate::exercise::ExerciseKinds;
use crate::read::OneOf;
use crate::schema::schema_value;
use crate::step::{RuleActions, StepKinds};

/// The reference of the scenario language in Markdown: a section for each map with its
/// keys, and tables of values, capabilities and fields. It is made from the schema, and so
/// from the types that read scenarios.
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
    page.definition("###", "`options`", "OptionsForm");
    page.definition("####", "`auth-key`", "AuthKeyForm");
    page.definition("####", "`reset-streams`", "ResetStreamsForm");
    page.definition("####", "`add-streams`", "AddStreamsForm");
    page.definition("####", "`stream-scheduler-value`", "StreamValueForm");
    page.definition(
        "####",
        "`partial-reliability`, `default-prinfo`",
        "ReliabilityFields",
    );
    page.definition("####", "`init`", "InitForm");
    page.kinds(
        "Steps",
        "step",
        StepKinds::kinds().iter().map(|kind| kind.key),
    );
    page.definition("####", "`icmp`", "IcmpForm");
    let actions = RuleActions::kinds().iter().map(|kind| kind.key);
    page.kinds("What a rule does: `do`", "action", actions);
    page.definition("####", "`bytes`", "PatchForm");
    let assertions = AssertionKinds::kinds().iter().map(|kind| kind.key);
    page.kinds("Assertions", "assertion", assertions);
    page.definition("###", "One chunk of a sequence", "LinkInChain");
    page.definition("###", "How many", "BoundsForm");
    page.definition("##", "Sabotages", "SabotageForm");
    let exercises = ExerciseKinds::kinds().iter().map(|kind| kind.key);
    page.kinds("Exercises", "exercise", exercises);
    page.values();
    page.capabilities();
    page.chunk_fields();
    page.notification_fields();
    page.other_fields();
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

    /// Writes the section of a map: its heading, its description, an example, and its keys.
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

    /// The values that a schema allows, in a few words.
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
        // A number that may also be written in hexadecimal has two types. The first counts.
        let kind = schema.get("type");
        let kind = kind.and_then(|kind| kind.as_str().or_else(|| kind.get(0)?.as_str()));
        match kind {
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

/// `#/definitions/AuthKeyForm` is "auth-key".
fn named(target: &str) -> String {
    let name = target.rsplit('/').next().unwrap_or(target);
    match name {
        "BoundsForm" => return "how many".to_owned(),
        "LinkInChain" => return "chunk of a sequence".to_owned(),
        "ReliabilityFields" => return "partial-reliability".to_owned(),
        _ => {}
    }
    let Some(form) = name.strip_suffix("Form") else {
        return name.to_owned();
    };
    let mut words = String::new();
    for letter in form.chars() {
        if letter.is_uppercase() && !words.is_empty() {
            words.push('-');
        }
        words.extend(letter.to_lowercase());
    }
    words
}

fn code(word: &Value) -> String {
    format!("`{}`", word.as_str().unwrap_or_default())
}

fn text_of(schema: &Value, key: &str) -> String {
    let text = schema.get(key).and_then(Value::as_str);
    text.unwrap_or_default().to_owned()
}
