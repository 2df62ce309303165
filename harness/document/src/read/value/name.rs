//! Names, where they are declared and where they are used.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use crate::diagnostic::{Problems, Span};
use crate::read::{Read, Word, Wrong, word_schema};
use crate::yaml::{Node, Value, shortened};

/// A name where it is declared.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Name(pub String);

impl Name {
    /// The pattern of names, for schemas.
    pub const PATTERN: &'static str = "^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$";
    const LONGEST: usize = 63;

    /// Declares the name, and notes a mistake if it is invalid. The name is declared
    /// nevertheless, so that its uses are not reported, too.
    pub fn declare(text: &str, span: Span, problems: &mut Problems<'_>) -> Self {
        if let Some((message, help)) = Self::fault(text) {
            problems.add(span, message, "given here").help(help);
        }
        Self(text.to_owned())
    }

    /// Why the name is invalid, and an example of a valid one.
    pub fn fault(text: &str) -> Option<(String, String)> {
        let good = text.starts_with(|c: char| c.is_ascii_lowercase())
            && !text.ends_with('-')
            && text
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
        if !good {
            let message = format!("`{}` is not a name", shortened(text));
            let help =
                "a name is of lower-case letters, digits and dashes, and begins with a letter";
            Some((message, help.to_owned()))
        } else if text.len() > Self::LONGEST {
            let message = format!("`{}` is too long for a name", shortened(text));
            let help = format!("a name has at most {} characters", Self::LONGEST);
            Some((message, help))
        } else {
            None
        }
    }
}

impl Read for Name {
    fn read(node: &Node, problems: &mut Problems<'_>) -> Option<Self> {
        match &node.value {
            Value::Scalar(text) => Some(Self::declare(text, node.span, problems)),
            _ => {
                let message = format!("expected a name, found {}", node.found());
                problems.add(node.span, message, "not a name");
                None
            }
        }
    }
}

impl JsonSchema for Name {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "name".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        word_schema(
            "A name: lower-case letters, digits and dashes, at most 63.",
            Self::PATTERN,
            None,
            &["client", "path-a"],
        )
    }
}

/// A name where it is used.
#[derive(Clone)]
pub struct Reference(pub String);

impl Word for Reference {
    const EXPECTED: &'static str = "a name";

    fn parse(text: &str) -> Result<Self, Wrong> {
        Ok(Self(text.to_owned()))
    }
}

impl JsonSchema for Reference {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "reference".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "pattern": Name::PATTERN})
    }
}
