//! Regular expressions for lines of a program's output.

use schemars::{JsonSchema, Schema, SchemaGenerator};

use crate::model::LinePattern;
use crate::read::{Word, Wrong, word_schema};

/// A regular expression for a line of a program's output, with or without slashes
/// around it.
pub(crate) struct Line(pub(crate) LinePattern);

impl Word for Line {
    const EXPECTED: &'static str = "a regular expression such as `listening`";

    fn parse(text: &str) -> Result<Self, Wrong> {
        let bare = text.strip_prefix('/').and_then(|it| it.strip_suffix('/'));
        LinePattern::new(bare.unwrap_or(text))
            .map(Self)
            .map_err(|error| {
                // The first lines of the error show the place, the last line the mistake.
                let words = error.to_string();
                let last = words.lines().last().unwrap_or_default().trim();
                let last = last.strip_prefix("error: ").unwrap_or(last);
                Wrong::new(
                    format!("this is not a regular expression: {last}"),
                    "write a `\\` before each of `.+*?()[]{}^$|\\` that stands for itself",
                )
            })
    }
}

impl JsonSchema for Line {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "line".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        word_schema(
            "A regular expression that a line of a program's output must hold \
             (docs.rs/regex), with or without slashes around it.",
            ".",
            None,
            &["listening", "/sent [0-9]+ messages/"],
        )
    }
}
