//! Values that are written as one piece of text, and choices between a few words.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::{Read, one_of, suggestion};
use crate::diagnostic::Problems;
use crate::yaml::{Node, Value};

/// Reason why a text is not a valid value.
pub struct Wrong {
    /// The mistake in words.
    pub message: String,
    /// What the writer should write instead, if known.
    pub help: Option<String>,
}

impl Wrong {
    /// A mistake, and what the writer should write instead.
    pub fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            help: Some(help.into()),
        }
    }
}

/// A value that is written as one piece of text.
pub trait Word: Sized {
    /// Description for messages: "a duration such as `10ms`".
    const EXPECTED: &'static str;

    /// Parses the value from its text, which is not empty.
    fn parse(text: &str) -> Result<Self, Wrong>;
}

impl<T: Word> Read for T {
    fn read(node: &Node, problems: &mut Problems<'_>) -> Option<Self> {
        let text = match &node.value {
            Value::Scalar(text) if !text.is_empty() => text,
            _ => {
                let message = format!("expected {}, found {}", T::EXPECTED, node.found());
                problems.add(node.span, message, "here");
                return None;
            }
        };
        match T::parse(text) {
            Ok(value) => Some(value),
            Err(wrong) => {
                problems
                    .add(
                        node.span,
                        wrong.message,
                        format!("expected {}", T::EXPECTED),
                    )
                    .maybe_help(wrong.help);
                None
            }
        }
    }
}

/// The schema of a word: a text of this pattern, or a plain number of the JSON type `bare`.
pub fn word_schema(
    description: &str,
    pattern: &str,
    bare: Option<&str>,
    examples: &[&str],
) -> Schema {
    let types = match bare {
        Some(number) => serde_json::json!(["string", number]),
        None => serde_json::json!("string"),
    };
    json_schema!({
        "description": description,
        "type": types,
        "pattern": pattern,
        "examples": examples,
    })
}

/// A choice between a few words.
pub trait Choice: Copy + 'static {
    /// Noun of the choice for messages: "a style".
    const WHAT: &'static str;

    /// The words and their values.
    fn choices() -> Vec<(Cow<'static, str>, Self)>;
}

/// A [`Choice`] as it is written in a file.
#[derive(Clone, Copy, Debug)]
pub struct ChoiceOf<T>(pub T);

impl<T: Choice> Read for ChoiceOf<T> {
    fn read(node: &Node, problems: &mut Problems<'_>) -> Option<Self> {
        let choices = T::choices();
        let words = || choices.iter().map(|(word, _)| word.as_ref());
        let text = match &node.value {
            Value::Scalar(text) => text.as_str(),
            _ => "",
        };
        if let Some((_, value)) = choices.iter().find(|(word, _)| word == text) {
            return Some(Self(*value));
        }
        let message = format!("expected {}, found {}", T::WHAT, node.found());
        let likely = suggestion(text, words(), problems);
        let help = match likely {
            Some(likely) => format!("did you mean `{likely}`?"),
            None => format!("it is {}", one_of(words())),
        };
        let label = format!("not {}", T::WHAT);
        problems.add(node.span, message, label).help(help);
        choices
            .iter()
            .find(|(word, _)| Some(word.as_ref()) == likely)
            .map(|(_, value)| Self(*value))
    }
}

impl<T: Choice> JsonSchema for ChoiceOf<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        T::WHAT.into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let words: Vec<_> = T::choices().into_iter().map(|(word, _)| word).collect();
        json_schema!({"enum": words})
    }
}
